// Reads off curves under the pointer; a click on a curve over steps goes to that step.
#pragma once

#include <string>

#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {

// The text shown at the pointer; may be empty.
std::string read_curve(PanelContext& context, PlotArea& area, const Panel& panel);

}  // namespace iem::gui
