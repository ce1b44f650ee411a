// The [[compare]] tables of a scene: further runs from the same start on the same data and clock.
//
//   [[compare]]
//   name = "Adam"
//   set = { optimizer.method = "adam", optimizer.learning_rate = "best" }
//   seeds = 20
//
// A saved run adds `at = ["10:optimizer.learning_rate=0.2"]`, its edits as --at takes them, where these
// differ from the edits of the first run; and `known`, the last step of a discarded future.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/config/toml_values.h"
#include "core/run/scene.h"

namespace iem {

// Whether a key of a scene's text belongs to these tables.
bool is_of_compare(std::string_view key);

// Reads these tables for `scene`, all other keys of which are set already. Throws InputError at the first
// error: an unknown key, a wrong type, a setting without effect (allowed in a `kept` scene, which holds
// settings that other keys have switched off), or more than seven tables.
std::vector<RunSpec> read_compare(const std::vector<TomlEntry>& entries, const Scene& scene, bool kept);

// TOML that read_compare reads back.
std::string write_compare(const std::vector<RunSpec>& compare);

// "10:optimizer.learning_rate=0.2". Throws InputError, which begins with `where`.
Edit parse_timed_edit(const std::string& text, const std::string& where);

}  // namespace iem
