#include "app/gui/sessions/scene_list.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/session/scene_file.h"
#include "core/session/scene_groups.h"

namespace iem::gui {
namespace {

// Of labs whose first scene in the order of names is a special case: one that shows what the lab is about.
constexpr std::array<std::string_view, 3> kFirstOfLabs = {"labels_clamp", "lines_part", "margins_compare"};

}  // namespace

const std::vector<SceneEntry>& scene_entries() {
  static const std::vector<SceneEntry> all = [] {
    std::vector<SceneEntry> out;
    for (const std::string& name : builtin_scenes()) {
      const Scene scene = load_scene(name);
      out.push_back({name, scene.title.empty() ? name : scene.title, scene.config.lab(), scene.description,
                     scene.look_for, group_of(scene).id, scene.about.level, scene.about.minutes});
    }
    return out;
  }();
  return all;
}

const SceneEntry* first_scene_of(const std::string& lab) {
  const SceneEntry* first = nullptr;
  for (const SceneEntry& scene : scene_entries()) {
    if (scene.lab != lab) continue;
    if (std::ranges::find(kFirstOfLabs, scene.name) != kFirstOfLabs.end()) return &scene;
    if (first == nullptr) first = &scene;
  }
  return first;
}

const std::vector<const SceneEntry*>& scenes_by_group() {
  static const std::vector<const SceneEntry*> all = [] {
    std::vector<const SceneEntry*> out;
    for (const SceneGroup& group : scene_groups()) {
      const auto begin = static_cast<std::ptrdiff_t>(out.size());
      for (const SceneEntry& scene : scene_entries())
        if (scene.group == group.id) out.push_back(&scene);
      const auto level = [](const SceneEntry* scene) {
        return std::ranges::find(scene_levels(), scene->level) - scene_levels().begin();
      };
      std::stable_sort(out.begin() + begin, out.end(),
                       [&](const SceneEntry* a, const SceneEntry* b) { return level(a) < level(b); });
    }
    return out;
  }();
  return all;
}

const SceneEntry& scene_beside(const std::string& name, int direction) {
  const std::vector<const SceneEntry*>& all = scenes_by_group();
  const auto at = std::ranges::find(all, name, [](const SceneEntry* scene) { return scene->name; });
  if (at == all.end()) return *all.front();
  const std::size_t count = all.size(), place = static_cast<std::size_t>(at - all.begin());
  return *all[(place + (direction < 0 ? count - 1 : 1)) % count];
}

}  // namespace iem::gui
