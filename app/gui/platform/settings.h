// The settings that the window remembers between two starts:
// ${XDG_CONFIG_HOME:-~/.config}/iemlab/window.json.
//
// Nothing here throws. Where the folder cannot be read or written nothing is remembered.
#pragma once

#include <map>
#include <string>

namespace iem::gui {

struct Settings {
  int x = 0, y = 0, width = 0, height = 0;  // width 0: never saved
  bool maximised = false;
  std::string theme = "light";
  double user_scale = 1;
  std::string layout;                       // ImGui's own text: docking, scrolling
  std::map<std::string, std::string> more;  // whatever the panels want kept
};

Settings load_settings();
// False when it could not be written.
bool save_settings(const Settings& settings);

// The one set of this program run; the window fills in place and layout, panels use `more`.
Settings& settings();

// "" when neither XDG_CONFIG_HOME nor HOME is set.
std::string settings_path();

}  // namespace iem::gui
