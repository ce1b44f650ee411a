// Highlights over a plot the marks of symbols under the pointer elsewhere, and reports the marks under the
// pointer in this plot.
#pragma once

#include <string>

#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {

// Called after the panel has been painted in `area`.
void light_marks(PanelContext& context, const std::string& figure_id, const Panel& panel, PlotArea& area,
                 const PlotOptions& options);

}  // namespace iem::gui
