// Curves under the pointer say their numbers; those over steps lead to a step by a click.
#pragma once

#include <string>

#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {

// What is said at the pointer; empty: nothing.
std::string read_curve(PanelContext& context, PlotArea& area, const Panel& panel);

}  // namespace iem::gui
