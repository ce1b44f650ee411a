#include "app/gui/platform/settings.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/gui/platform/home_folder.h"
#include "core/base/atomic_file.h"

namespace iem::gui {
namespace {

// Reads a value if it has the expected type and ignores it otherwise: the file may have been edited or
// written by another version.
template <typename T>
void take(const nlohmann::json& from, const char* key, T& into) {
  const auto found = from.find(key);
  if (found == from.end()) return;
  try {
    into = found->get<T>();
  } catch (const nlohmann::json::exception&) {}
}

}  // namespace

std::string settings_path() {
  const std::string base = base_folder(OwnFiles::settings);
  return base.empty() ? base : base + "/iemlab/window.json";
}

Settings load_settings() {
  Settings s;
  std::ifstream file(std::filesystem::path(settings_path()), std::ios::binary);
  if (!file) return s;
  std::stringstream text;
  text << file.rdbuf();
  const nlohmann::json json = nlohmann::json::parse(text.str(), nullptr, false);
  if (!json.is_object()) return s;
  take(json, "x", s.x), take(json, "y", s.y);
  take(json, "width", s.width), take(json, "height", s.height);
  take(json, "maximised", s.maximised);
  take(json, "theme", s.theme);
  take(json, "user_scale", s.user_scale);
  take(json, "layout", s.layout);
  take(json, "more", s.more);
  s.user_scale = std::clamp(s.user_scale, 0.5, 4.0);
  return s;
}

bool save_settings(const Settings& s) {
  const std::string path = settings_path();
  if (path.empty()) return false;
  const nlohmann::ordered_json json = {{"x", s.x},
                                       {"y", s.y},
                                       {"width", s.width},
                                       {"height", s.height},
                                       {"maximised", s.maximised},
                                       {"theme", s.theme},
                                       {"user_scale", s.user_scale},
                                       {"layout", s.layout},
                                       {"more", s.more}};
  try {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    write_file_atomically(path, json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n",
                          FileAccess::owner_only, FileSync::unsynced);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

Settings& settings() {
  static Settings current;
  return current;
}

}  // namespace iem::gui
