#include <map>

#include "core/base/embedded.h"
#include "core/scene/scene.h"

namespace iem {

std::string write_scene(const Scene& scene) {
  std::string out = "format = 1\nlab = " + to_toml(scene.config.lab()) + "\n";
  const auto line = [&](const char* key, const std::string& text) {
    if (!text.empty()) out += std::string(key) + " = " + to_toml(text) + "\n";
  };
  line("title", scene.title);
  line("description", scene.description);
  line("look_for", scene.look_for);

  // Keys without a table first, then table by table.
  std::map<std::string, std::string> tables;
  for (const std::string& key : scene.config.keys()) {
    const std::size_t dot = key.find('.');
    const std::string value = to_toml(scene.config.value(key));
    if (dot == std::string::npos) {
      out += key + " = " + value + "\n";
    } else {
      tables[key.substr(0, dot)] += key.substr(dot + 1) + " = " + value + "\n";
    }
  }
  for (const auto& [table, lines] : tables) out += "\n[" + table + "]\n" + lines;
  return out;
}

// The tour of the labs, from the liveliest picture to the finer points. A scene file that is not listed comes
// last.
std::vector<std::string> builtin_scenes() {
  std::vector<std::string> order = {"penguins", "old_faithful", "three_blobs", "moons",
                                    "ring",     "iris",         "anisotropic"};
  for (std::string_view file : embedded_names("scenes/")) {
    const std::string name(file.substr(7, file.size() - 7 - 5));
    bool listed = false;
    for (const std::string& other : order) listed = listed || other == name;
    if (!listed) order.push_back(name);
  }
  return order;
}

}  // namespace iem
