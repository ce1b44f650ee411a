#include "app/gui/controls/recent_menu.h"

#include <chrono>
#include <ctime>
#include <filesystem>
#include <sstream>

#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/settings.h"
#include "app/gui/sessions/when_words.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

constexpr std::size_t kMostRecent = 6;
constexpr const char* kRecentKey = "recent";
constexpr float kTitle = 230;  // style pixels

std::time_t seconds_of(std::filesystem::file_time_type when) {
  const auto wall = std::chrono::file_clock::to_sys(when);
  return std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::system_clock::duration>(wall));
}

}  // namespace

std::string session_words(const KeptSession& session) {
  return std::string(text::kStep) + " " + std::to_string(session.step) + ", " +
         when_words(seconds_of(session.when), std::time(nullptr));
}

std::string recent_lines(const std::vector<KeptSession>& sessions) {
  std::string chosen;
  if (!sessions.empty()) menu_rule();
  for (const KeptSession& session : sessions) {
    ImGui::PushID(session.path.c_str());
    if (menu_item(cut_to(session.title, px(kTitle), type::kBody), session_words(session)))
      chosen = session.path;
    ImGui::PopID();
  }
  const std::vector<std::string> files = recent_scenes();
  if (!files.empty()) menu_rule();
  for (const std::string& path : files) {
    ImGui::PushID(path.c_str());
    if (menu_item(std::filesystem::path(path).filename().string())) chosen = path;
    tooltip(path);
    ImGui::PopID();
  }
  return chosen;
}

std::vector<std::string> recent_scenes() {
  std::vector<std::string> paths;
  std::istringstream lines(settings().more[kRecentKey]);
  for (std::string line; std::getline(lines, line) && paths.size() < kMostRecent;)
    if (!line.empty()) paths.push_back(line);
  return paths;
}

void remember_scene(const std::string& path) {
  std::string text = path + "\n";
  for (const std::string& other : recent_scenes())
    if (other != path) text += other + "\n";
  settings().more[kRecentKey] = text;
}

}  // namespace iem::gui
