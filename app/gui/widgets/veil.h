// A veil of paper over a picture with soft round holes in it: what is looked at stays, the rest steps back.
#pragma once

#include <span>

#include "app/paint/canvas.h"
#include "imgui.h"

namespace iem::gui {

// Over `all`, with a hole of this radius around each centre whose edge is `edge_px` soft; style pixels.
void draw_veil(ImDrawList* list, const paint::PxRect& all, std::span<const paint::Px> centres,
               double radius_px, double edge_px);

}  // namespace iem::gui
