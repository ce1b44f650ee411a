// Built-in scenes for sweeps that cost something: of the small systems that a lab holds only those that are
// unlike, for scenes that differ in numbers alone have the same figures and the same checks.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"

namespace iem::test {

// What a configuration chooses of its model, in words.
inline std::string choices_of_model(const Config& config) {
  std::string out;
  for (const Parameter& p : config.table().all())
    if (p.kind == ParameterKind::choice && p.key.starts_with("model.")) out += config.text(p.key) + " ";
  return out;
}

// All scenes of other labs, and of small systems one for each choice of a model.
inline std::vector<std::string> unlike_scenes() {
  std::vector<std::string> all = builtin_scenes();
  std::set<std::string> seen;
  std::erase_if(all, [&](const std::string& name) {
    const Config config = load_scene(name).config;
    return !find_lab(config.lab())->toys().empty() && !seen.insert(choices_of_model(config)).second;
  });
  return all;
}

// Of one lab: all, or one a small system.
inline std::vector<std::string> unlike_scenes_of(const Lab& lab) {
  std::vector<std::string> all = builtin_scenes();
  std::set<std::string> seen;
  std::erase_if(all, [&](const std::string& name) {
    const Config config = load_scene(name).config;
    return config.lab() != lab.id() || (!lab.toys().empty() && !seen.insert(config.text("model.toy")).second);
  });
  return all;
}

}  // namespace iem::test
