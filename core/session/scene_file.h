// Scene files: TOML 1.0 with the keys that `iemlab list parameters` names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/run/scene.h"

namespace iem {

// Reads TOML text; `file` is named in errors. Throws InputError at the first error: syntax, an unknown key
// (with the nearest known one), a wrong type, a value out of range, of the wrong shape or not finite, and a
// start whose shape contradicts the scene's other keys (Problem::check_given).
Scene parse_scene(std::string_view text, const std::string& file);

// The same without the check of the start: the scene inside a session holds values that were kept while other
// keys changed.
Scene parse_kept_scene(std::string_view text, const std::string& file);

// The path of a scene or of a table of points (a mixture of three on standardised data), or the name of a
// built-in scene. Refuses scenes over 64 MiB, and keys that another key switches off
// (core/config/idle_keys.h).
Scene load_scene(const std::string& path_or_name);

// TOML that parse_kept_scene reads back to the same configuration.
std::string write_scene(const Scene& scene);

// Names of the built-in scenes, in the order they are offered.
std::vector<std::string> builtin_scenes();

}  // namespace iem
