// The built-in scenes of all labs, as lists show them.
#pragma once

#include <string>
#include <vector>

namespace iem::gui {

struct SceneEntry {
  std::string name, title, lab, description, look_for;
  std::string group, level;  // an id of scene_groups(); empty: the scene does not say
  int minutes = 0;           // 0: the same
};

// In the order they are offered. Read when first asked for.
const std::vector<SceneEntry>& scene_entries();

// What a lab shows when it is gone to for the first time; null where it has no scene.
const SceneEntry* first_scene_of(const std::string& lab);

// Group by group, in each the easier ones first.
const std::vector<const SceneEntry*>& scenes_by_group();

// The one before (-1) or after (1) in that order, from the last to the first; of a scene that is not built in
// the first.
const SceneEntry& scene_beside(const std::string& name, int direction);

}  // namespace iem::gui
