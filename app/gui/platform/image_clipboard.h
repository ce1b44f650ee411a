// Pictures into the clipboard. The window's own clipboard carries text only, so that a program of the desktop
// does it where there is one.
#pragma once

#include <string>

namespace iem::gui {

// Puts the PNG file at `path` into the clipboard; false where nothing here can. It waits for the program and
// is made for a worker.
bool copy_png_file(const std::string& path);

}  // namespace iem::gui
