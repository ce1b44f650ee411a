// The atlas of starts under the pointer: how the start there ends and its way; a click puts the prototype
// there. The others are dragged on it, and the map follows.
#pragma once

#include <string>

#include "app/gui/context/held_element.h"
#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {

// Whether a panel is such a map.
bool is_atlas(const Panel& panel);

// Draws the way and the words, and takes the click; returns the words, empty where there is nothing to say.
std::string read_atlas(PanelContext& context, PlotArea& area, const Panel& panel);

// Drags the other prototypes; true while the pointer is on one of them or holds it.
bool drag_on_atlas(PanelContext& context, PlotArea& area, const Panel& panel, HeldElement& held);

}  // namespace iem::gui
