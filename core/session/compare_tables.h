// The [[compare]] tables of a scene: further runs from the same start on the same data and clock.
//
//   [[compare]]
//   name = "Adam"
//   set = { optimizer.method = "adam", optimizer.learning_rate = "best" }
//   seeds = 20
//
// A saved run adds `at = ["10:optimizer.learning_rate=0.2"]`, all that was done to it, as --at takes it,
// where that is something else than what was done to the first; and `known`, the last step of a future that
// was left behind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/config/toml_values.h"
#include "core/run/scene.h"

namespace iem {

// Whether a key of a scene's text belongs to these tables.
bool is_of_compare(std::string_view key);

// `scene` has all its other keys. Throws InputError at the first thing that does not fit: unknown key, wrong
// type, a setting without effect (but not of a `kept` scene, which holds what other keys have switched off),
// more than seven tables.
std::vector<RunSpec> read_compare(const std::vector<TomlEntry>& entries, const Scene& scene, bool kept);

// TOML that read_compare reads back.
std::string write_compare(const std::vector<RunSpec>& compare);

// "10:optimizer.learning_rate=0.2". Throws InputError, which begins with `where`.
Edit parse_timed_edit(const std::string& text, const std::string& where);

}  // namespace iem
