// One cell of the right column: title on the left edge, a value on the right one, the content below.
#pragma once

#include <string>
#include <string_view>

#include "core/run/snapshot.h"
#include "imgui.h"

namespace iem::gui {

inline constexpr float kCellMargin = 20;  // style pixels

struct Cell {
  ImVec2 min, max;   // of the content, tick numbers included
  ImVec2 title_end;  // on the title's baseline
};

// Title and rule of the present ImGui window.
Cell begin_cell(std::string_view title, std::string_view symbol, std::string_view value, bool muted = false);

// How high the content of a cell will be in the present ImGui window.
float cell_height();

// A tooltip of one line at the pointer, without delay.
void tooltip_here(std::string_view words);

// Whether the largest difference is only rounding.
bool identity_holds(const IdentitySample& sample);

// A measured value beside that of theory: "33.14, theory 34.99".
std::string beside_theory(const ExactQuantity& quantity);

}  // namespace iem::gui
