// What the scenes are about: the groups a list of them has, and how much a scene asks of its reader.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/toml_values.h"
#include "core/run/scene.h"

namespace iem {

struct SceneGroup {
  std::string_view id;     // "rules"
  std::string_view label;  // "EM and gradient descent"
};

// In the order they are offered. A lab may have one of its own: its id is the lab's.
std::span<const SceneGroup> scene_groups();

// From the first hour on: "introductory", "intermediate", "advanced".
std::span<const std::string_view> scene_levels();

// The group a scene says, else its lab's own, else "rules".
const SceneGroup& group_of(const Scene& scene);

// One key of a scene's table
//
//   [about]
//   group = "trouble"
//   level = "introductory"
//   minutes = 5
//
// True if `entry` was of it. Throws InputError: unknown key, wrong type, not one of those above.
bool read_about(const TomlEntry& entry, SceneAbout& about);

// TOML that read_about reads back; empty where nothing is said.
std::string write_about(const SceneAbout& about);

}  // namespace iem
