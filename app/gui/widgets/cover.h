// A cover over what a guess is about: panel tone, hatched, with a struck eye and words where there is room.
#pragma once

#include "imgui.h"

namespace iem::gui {

// Draws it and takes the pointer, so that nothing beneath answers.
void draw_cover(ImVec2 min, ImVec2 max);

}  // namespace iem::gui
