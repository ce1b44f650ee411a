// The pointer on the diagonal of an identity: the dot under it says both of its numbers, and the stage shows
// whose they are.
#pragma once

#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {

// True while there is a dot under the pointer.
bool hover_identity(PanelContext& context, const PlotArea& area);

}  // namespace iem::gui
