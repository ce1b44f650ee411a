// The built-in scenes of all labs, as lists show them.
#pragma once

#include <string>
#include <vector>

namespace iem::gui {

struct SceneEntry {
  std::string name, title, lab, description, look_for;
};

// In the order they are offered. Read when first asked for.
const std::vector<SceneEntry>& scene_entries();

}  // namespace iem::gui
