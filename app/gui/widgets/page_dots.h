// Where one is among some pages, as a row of dots.
#pragma once

#include <cstddef>

#include "imgui.h"

namespace iem::gui {

float page_dots_width(std::size_t pages);

// Closer together where there is little room. A dot a page between `left` and `right` at height y: past ones
// muted, the present one larger and in accent, those to come open. False, and nothing is drawn, where there
// is no room.
bool draw_page_dots(ImDrawList* list, std::size_t page, std::size_t pages, float left, float right, float y);

}  // namespace iem::gui
