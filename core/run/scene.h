// A scene: a title, a description and the configuration of a problem. Opening the same scene twice gives the
// same bits at every step. Read and written by core/session/scene_file.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/config.h"
#include "core/run/edit.h"

namespace iem {

class Problem;

// A run to be compared with the one a scene describes (core/run/comparison.h): its own settings, and the
// edits made in it alone.
struct RunSpec {
  static constexpr std::int64_t kMostDraws = 10'000;
  std::string name;            // empty: what differs, in words
  std::vector<Edit> settings;  // keys with the values they have from its start on; their steps mean nothing
  bool best_rate = false;      // learning_rate = "best": to be found, if `settings` has none
  int seeds = 1;               // draws of it: more than one make a band
  std::optional<std::vector<Edit>> edits;  // all that was done to it; none: what was done to the first
  std::int64_t known = -1;                 // of a future that was left behind: its last step
  std::vector<SourcePosition> places;      // where each of `settings` was said; may be shorter

  bool is_future() const { return known >= 0; }
  bool says(std::string_view key) const {
    return std::ranges::any_of(settings, [&](const Edit& setting) { return setting.key == key; });
  }
};

// Where a list of scenes shows it, and how advanced and how long it is (core/session/scene_groups.h).
struct SceneAbout {
  std::string group, level;  // ids; empty: not said
  int minutes = 0;           // of looking and trying; 0: not said
};

struct Scene {
  std::string name;  // file name without extension, or the built-in's id
  std::string title, description;
  std::string look_for;  // what to look for, one or two sentences, with numbers in braces
  std::string folder;    // relative data paths are relative to it; empty for built-in scenes
  Config config;
  std::vector<std::string> conditions;  // what look_for claims, as expressions (core/expression/)
  const Problem* problem = nullptr;     // what it is a configuration of
  std::vector<RunSpec> compare;         // further runs, from the same start on the same data and clock
  SceneAbout about;
  std::string called = {};  // the run itself, beside those of `compare`; empty: by its learning rule
};

}  // namespace iem
