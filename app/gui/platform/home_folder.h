// Where the program may keep files of its own: the XDG base directories.
#pragma once

#include <string>

namespace iem::gui {

// The folder the variable names ("XDG_STATE_HOME"), else `below_home` ("/.local/state") in the home folder.
// A relative path in either is none: it would mean another place with every working folder. Empty: there is
// none.
std::string base_folder(const char* variable, const char* below_home);

}  // namespace iem::gui
