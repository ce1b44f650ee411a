// Hovering over a dot on the diagonal of an identity: its two numbers are shown, and the stage highlights its
// point.
#pragma once

#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {

// True while there is a dot under the pointer.
bool hover_identity(PanelContext& context, const PlotArea& area);

}  // namespace iem::gui
