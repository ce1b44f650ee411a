// Scenes for sweeps of what does not depend on a scene's numbers.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/embedded.h"
#include "core/session/scene_file.h"

namespace iem::test {

// All that are built in, but of those of one small system ([model] toy) the first. Read off the text: every
// test is a process, and each asks before it begins.
inline std::vector<std::string> scenes_of_every_kind() {
  constexpr std::string_view kSystem = "\ntoy = \"";
  std::vector<std::string> out;
  std::set<std::string_view> systems;
  for (const std::string& name : builtin_scenes()) {
    const std::string_view text = embedded_text("scenes/" + name + ".toml");
    const std::size_t at = text.find(kSystem);
    const bool is_first =
        at == std::string_view::npos || systems.insert(text.substr(at, text.find('\n', at + 1) - at)).second;
    if (is_first) out.push_back(name);
  }
  return out;
}

// Those of one lab.
inline std::vector<std::string> scenes_of_every_kind_of(const std::string& lab) {
  std::vector<std::string> out = scenes_of_every_kind();
  std::erase_if(out, [says = "\nlab = \"" + lab + "\""](const std::string& name) {
    return embedded_text("scenes/" + name + ".toml").find(says) == std::string_view::npos;
  });
  return out;
}

// The ids of all lessons, without reading them.
inline std::vector<std::string> lesson_ids() {
  constexpr std::string_view kFolder = "lessons/", kEnd = ".md";
  std::vector<std::string> out;
  for (const std::string_view file : embedded_names(kFolder))
    if (file.ends_with(kEnd))
      out.emplace_back(file.substr(kFolder.size(), file.size() - kFolder.size() - kEnd.size()));
  return out;
}

}  // namespace iem::test
