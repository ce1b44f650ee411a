// Under the top bar, while there are several runs: each with its line, what differs, J, and the ways to hide
// it, to dismiss it and to make it the first; then one more run, many seeds, and what the stage shows of
// them.
#pragma once

#include "app/gui/context/panel_context.h"

namespace iem::gui {

inline constexpr float kRunStripHeight = 44;  // style pixels

// There are several runs, draws of one, or work on them.
bool has_run_strip(const PanelContext& context);

// Fills the present ImGui window.
void draw_run_strip(PanelContext& context);

}  // namespace iem::gui
