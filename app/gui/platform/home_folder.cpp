#include "app/gui/platform/home_folder.h"

#include <cstdlib>

namespace iem::gui {
namespace {

std::string absolute_path(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value == '/' ? value : "";
}

}  // namespace

std::string base_folder(const char* variable, const char* below_home) {
  if (std::string folder = absolute_path(variable); !folder.empty()) return folder;
  const std::string home = absolute_path("HOME");
  return home.empty() ? home : home + below_home;
}

}  // namespace iem::gui
