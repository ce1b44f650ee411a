// Data from outside: numbers from the clipboard, a table that was dropped, or the source's next draw.
#pragma once

#include <functional>
#include <string>

#include "app/gui/context/panel_context.h"
#include "app/gui/sessions/scene_loader.h"

namespace iem::gui {

// Makes a run of other points under the present settings and the present view, for a worker; throws
// InputError. The scene is named after its points, since it is no longer the one the settings came from.
using MakeRun = std::function<OpenedScene()>;

// A run of the numbers in the clipboard, which become points of the scene itself. Empty, after a notice,
// where they cannot be used.
MakeRun run_of_clipboard(PanelContext& context);
// A run of a table, which is referenced and not copied. Empty, after a notice, where the lab has no points or
// no data source reads files of this extension.
MakeRun run_of_table(PanelContext& context, const std::string& path);

// Why the points cannot be drawn again; empty: they can.
std::string redraw_unavailable(const Snapshot& snapshot);
// Other points from the same source, under the same prototypes.
void redraw_points(PanelContext& context);

}  // namespace iem::gui
