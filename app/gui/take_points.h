// Data from outside: numbers from the clipboard, a table that was dropped, or the source's next draw.
#pragma once

#include <string>

#include "app/gui/desk.h"

namespace iem::gui {

// The numbers in the clipboard become the scene's own points in a new run; what is wrong with them becomes a
// notice.
void paste_points(Desk& desk);
// A csv or npy file, likewise; it is referenced, not copied.
void use_table(Desk& desk, const std::string& path);

// Why the points cannot be drawn again; empty: they can.
std::string redraw_unavailable(const Snapshot& snapshot);
// Other points from the same source, under the same prototypes.
void redraw_points(Desk& desk);

}  // namespace iem::gui
