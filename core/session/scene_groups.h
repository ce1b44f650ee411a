// How lists of scenes are grouped by topic, and how advanced a scene is.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/toml_values.h"
#include "core/run/scene.h"

namespace iem {

struct SceneGroup {
  std::string id;     // "rules"
  std::string label;  // "EM and gradient descent"
};

// In the order they are offered: those of topics, then those of labs (Lab::scene_group), whose ids are the
// labs'.
const std::vector<SceneGroup>& scene_groups();

// The levels, the easiest first: "introductory", "intermediate", "advanced".
std::span<const std::string_view> scene_levels();

// The group that the scene names, else that of its lab, else "rules".
const SceneGroup& group_of(const Scene& scene);

// Reads one key of the scene's table
//
//   [about]
//   group = "trouble"
//   level = "introductory"
//   minutes = 5
//
// Returns true if `entry` belongs to this table. Throws InputError for an unknown key, a wrong type, or a
// group or level that does not exist.
bool read_about(const TomlEntry& entry, SceneAbout& about);

// TOML that read_about reads back; empty where nothing is set.
std::string write_about(const SceneAbout& about);

}  // namespace iem
