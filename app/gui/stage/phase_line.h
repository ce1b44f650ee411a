// What is written above the strip of phases: how the numbers of the one that is looked at come about.
#pragma once

#include "app/gui/context/panel_context.h"

namespace iem::gui {

inline constexpr float kPhaseLineHeight = 30;  // style pixels

// Fills the present ImGui window. As many lines as there is room for, those of the largest r first; what is
// left out is said. `phase`: of PanelContext::phases().
void draw_phase_line(PanelContext& context, int phase);

}  // namespace iem::gui
