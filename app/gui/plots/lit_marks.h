// Marks and words light each other up: over a plot, the marks of the symbols that the pointer rests on
// elsewhere; and which marks it rests on here.
#pragma once

#include <string>

#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {

// After the panel has been painted in `area`.
void light_marks(PanelContext& context, const std::string& figure_id, const Panel& panel, PlotArea& area,
                 const PlotOptions& options);

}  // namespace iem::gui
