// Data from outside: numbers from the clipboard, a table that was dropped, or the source's next draw.
#pragma once

#include <functional>
#include <string>

#include "app/gui/context/panel_context.h"
#include "app/gui/sessions/scene_loader.h"

namespace iem::gui {

// Makes a run of other points under the present settings and the present view, for a worker; throws
// InputError. The scene is no longer the one the settings came from, and is named after its points.
using MakeRun = std::function<OpenedScene()>;

// Of the numbers in the clipboard, which become the scene's own. Empty after a notice: they cannot be taken.
MakeRun run_of_clipboard(PanelContext& context);
// Of a table: it is referenced, not copied. Empty after a notice: the lab has no points, or no data source
// reads files of this extension.
MakeRun run_of_table(PanelContext& context, const std::string& path);

// Why the points cannot be drawn again; empty: they can.
std::string redraw_unavailable(const Snapshot& snapshot);
// Other points from the same source, under the same prototypes.
void redraw_points(PanelContext& context);

}  // namespace iem::gui
