// The plan of `iemlab sweep`: every combination of the values of each --set, each with every seed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/run/run.h"

namespace iem::cli {

// One --set: a key and the texts of its values.
struct Axis {
  std::string key;
  std::vector<std::string> values;
};

// A choice of one value per axis.
using Setting = std::vector<std::string>;

struct Seeds {
  std::int64_t first = 0, last = 0;
  bool own = true;  // the scene's own: one run a setting
  std::int64_t count() const { return last - first + 1; }
};

// Splits at commas outside brackets and quotes.
std::vector<std::string> split_at_commas(const std::string& text);

// KEY=VALUE,VALUE,... each, split at commas outside brackets and quotes. Throws InputError.
std::vector<Axis> parse_axes(const std::vector<std::string>& texts);

bool is_axis(const std::vector<Axis>& axes, std::string_view key);

// Throws InputError where --set and --seeds or --seed-init both say a seed: one would win unseen.
void refuse_seeds_twice(const std::vector<Axis>& axes, const std::string& seeds,
                        const std::string& start_seeds);

// Settings times seeds; with more there is the error.
inline constexpr std::size_t kMostRuns = 1'000'000;
InputError too_many_runs();

// All combinations; the last axis runs fastest. Throws InputError where there are more than kMostRuns.
std::vector<Setting> all_settings(const std::vector<Axis>& axes);

// A..B, or empty for the scene's own. Throws InputError.
Seeds parse_seeds(const std::string& text);
// S or A..B, or empty for what follows from the seed.
Seeds parse_start_seeds(const std::string& text);

// The reason why all seeds give the same run: nothing is drawn, neither data nor start nor mini-batches.
// Empty where something is drawn.
std::string what_is_given(const Run& run);

}  // namespace iem::cli
