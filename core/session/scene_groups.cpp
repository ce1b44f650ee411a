#include "core/session/scene_groups.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/labs/registry.h"

namespace iem {
namespace {

constexpr std::string_view kAboutTable = "about";
constexpr std::int64_t kMostMinutesOfScene = 600;

constexpr std::array<std::string_view, 3> kSceneLevels = {"introductory", "intermediate", "advanced"};

const SceneGroup* scene_group(std::string_view id) {
  const auto found = std::ranges::find(scene_groups(), id, &SceneGroup::id);
  return found == scene_groups().end() ? nullptr : &*found;
}

std::string one_of(const TomlEntry& entry, const std::vector<std::string>& allowed) {
  const auto* word = std::get_if<std::string>(&entry.value);
  if (word != nullptr && std::ranges::find(allowed, *word) != allowed.end()) return *word;
  std::string known;
  for (const std::string& each : allowed) known += (known.empty() ? "" : ", ") + each;
  const std::string near = word == nullptr ? "" : nearest_word(*word, allowed);
  throw value_error(entry.key, entry.value,
                    "must be one of " + known + (near.empty() ? "" : "; did you mean " + near + "?"),
                    entry.value_at);
}

int minutes_of(const TomlEntry& entry) {
  const auto* minutes = std::get_if<std::int64_t>(&entry.value);
  if (minutes == nullptr || *minutes < 1 || *minutes > kMostMinutesOfScene)
    throw value_error(entry.key, entry.value,
                      "must be a whole number from 1 to " + std::to_string(kMostMinutesOfScene),
                      entry.value_at);
  return static_cast<int>(*minutes);
}

}  // namespace

const std::vector<SceneGroup>& scene_groups() {
  static const std::vector<SceneGroup> all = [] {
    std::vector<SceneGroup> out = {
        {"start", "Start here"}, {"rules", "EM and gradient descent"}, {"trouble", "What goes wrong"}};
    for (const Lab* lab : labs())
      if (!lab->scene_group().empty()) out.push_back({lab->id(), lab->scene_group()});
    return out;
  }();
  return all;
}
std::span<const std::string_view> scene_levels() { return kSceneLevels; }

const SceneGroup& group_of(const Scene& scene) {
  if (const SceneGroup* said = scene_group(scene.about.group)) return *said;
  if (const SceneGroup* own = scene_group(scene.config.lab())) return *own;
  return *scene_group("rules");
}

bool read_about(const TomlEntry& entry, SceneAbout& about) {
  if (entry.key == kAboutTable) {
    if (!entry.is_table || entry.is_list_of_tables)
      throw InputError("about: must be one table, [about]", entry.key_at);
    return true;
  }
  if (!entry.key.starts_with(std::string(kAboutTable) + ".")) return false;
  const std::string key = entry.key.substr(kAboutTable.size() + 1);
  const std::vector<std::string> keys = {"group", "level", "minutes"};
  if (entry.is_table || std::ranges::find(keys, key) == keys.end()) {
    const std::string near = nearest_word(key, keys);
    throw InputError(
        "unknown key " + printable(entry.key) + (near.empty() ? "" : "; did you mean about." + near + "?"),
        entry.key_at);
  }
  if (entry.problem) throw InputError(*entry.problem);
  std::vector<std::string> groups, levels(kSceneLevels.begin(), kSceneLevels.end());
  for (const SceneGroup& group : scene_groups()) groups.push_back(group.id);
  if (key == "group") about.group = one_of(entry, groups);
  if (key == "level") about.level = one_of(entry, levels);
  if (key == "minutes") about.minutes = minutes_of(entry);
  return true;
}

std::string write_about(const SceneAbout& about) {
  std::string out;
  if (!about.group.empty()) out += "group = " + to_toml(about.group) + "\n";
  if (!about.level.empty()) out += "level = " + to_toml(about.level) + "\n";
  if (about.minutes > 0) out += "minutes = " + std::to_string(about.minutes) + "\n";
  return out.empty() ? out : "\n[about]\n" + out;
}

}  // namespace iem
