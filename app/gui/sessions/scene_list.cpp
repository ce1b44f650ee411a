#include "app/gui/sessions/scene_list.h"

#include "core/session/scene_file.h"

namespace iem::gui {

const std::vector<SceneEntry>& scene_entries() {
  static const std::vector<SceneEntry> all = [] {
    std::vector<SceneEntry> out;
    for (const std::string& name : builtin_scenes()) {
      const Scene scene = load_scene(name);
      out.push_back({name, scene.title.empty() ? name : scene.title, scene.config.lab(), scene.description,
                     scene.look_for});
    }
    return out;
  }();
  return all;
}

}  // namespace iem::gui
