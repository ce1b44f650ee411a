// A strip under the top bar while there are several runs: each with its line style, differences and J, and
// buttons to hide it, remove it or make it the first; then buttons to add a run, to draw many seeds, and to
// choose what the stage shows.
#pragma once

#include "app/gui/context/panel_context.h"

namespace iem::gui {

inline constexpr float kRunStripHeight = 44;  // style pixels

// Whether there are several runs, or one on its way, draws of a run, or work on them.
bool has_run_strip(const PanelContext& context);

// Fills the present ImGui window.
void draw_run_strip(PanelContext& context);

}  // namespace iem::gui
