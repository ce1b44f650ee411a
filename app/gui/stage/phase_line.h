// The line above the phase strip: the formulas of the numbers of the shown phase.
#pragma once

#include "app/gui/context/panel_context.h"

namespace iem::gui {

inline constexpr float kPhaseLineHeight = 30;  // style pixels

// Fills the present ImGui window. It has as many formulas as there is room for, those of the largest r first,
// and says how many are left out. `phase`: of PanelContext::phases().
void draw_phase_line(PanelContext& context, int phase);

}  // namespace iem::gui
