// Where the program may keep files of its own, and where a user's own are. home_folder.cpp knows the XDG base
// directories, windows/home_folder.cpp what Windows has in their place.
#pragma once

#include <string>

namespace iem::gui {

enum class OwnFiles { settings, state };

// The folder that XDG_CONFIG_HOME or XDG_STATE_HOME names, else the system's: ~/.config and ~/.local/state,
// or %APPDATA% and %LOCALAPPDATA%. A relative path in any of these is none: it would mean another place with
// every working folder. Empty: there is none.
std::string base_folder(OwnFiles files);

// Where saved files go first; empty: nobody knows.
std::string home_folder();

}  // namespace iem::gui
