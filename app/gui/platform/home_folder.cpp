#include "app/gui/platform/home_folder.h"

#include <cstdlib>

namespace iem::gui {
namespace {

std::string absolute_path(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value == '/' ? value : "";
}

}  // namespace

std::string base_folder(OwnFiles files) {
  const bool settings = files == OwnFiles::settings;
  if (std::string folder = absolute_path(settings ? "XDG_CONFIG_HOME" : "XDG_STATE_HOME"); !folder.empty())
    return folder;
  const std::string home = absolute_path("HOME");
  return home.empty() ? home : home + (settings ? "/.config" : "/.local/state");
}

std::string home_folder() {
  const char* folder = std::getenv("HOME");
  return folder != nullptr ? folder : "";
}

}  // namespace iem::gui
