// The texts in the head of a group: its state in one muted line, and its numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/look/math_text.h"

namespace iem::gui {

// Muted, on the right: what an open head adds ("342 points, standardised").
std::string open_state(const PanelContext& context, Group group);
// Muted, on the right of a folded group: everything in it that matters ("field, density lines, trails").
std::string folded_state(const PanelContext& context, const Config& config, Group group);

// d_3 = 2.753 - 0.920 + 2.674 = 4.507 for the shown point and its most interesting component.
struct NumbersInFormula {
  int component = -1;  // -1: no point is shown
  std::vector<MathPiece> pieces;
};
NumbersInFormula numbers_of(PanelContext& context);

}  // namespace iem::gui
