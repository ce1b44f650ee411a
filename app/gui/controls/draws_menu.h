// Many seeds of the runs: the menu that draws them, and how far that has come.
#pragma once

#include "app/gui/context/panel_context.h"

namespace iem::gui {

// The word of the menu, or, while something is being worked out, its progress with a way to stop it; its
// right edge at `right`, in a band of `height`. Returns where it begins.
float draws_button(PanelContext& context, float right, float top, float height);

}  // namespace iem::gui
