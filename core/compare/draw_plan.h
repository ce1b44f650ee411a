// What is drawn of runs that are set beside each other: which seeds, and from where.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/compare/draws.h"

namespace iem {

enum class DrawOf : std::uint8_t { start, data, both };

// Ready for make_draws().
struct DrawPlan {
  Comparison runs;  // begun again from the present settings, futures aside
  std::vector<Draw> draws;
  std::int64_t last = 0;          // step
  std::vector<std::string> said;  // what was changed for it, and what does not fit
};

// `times` draws of these runs as they are set now, with the present seed and those after it: of the start
// (one that the scene gives is drawn), of the points under the present start seed, or of everything. To the
// last step that is known of the first, or as far as steps_to_try(). Throws InputError where that cannot be
// drawn.
DrawPlan plan_draws(const Comparison& now, DrawOf of, int times);

// The best rate of every run as it is set now (core/run/best_rate.h), by its place; nothing: its rule has no
// rate, no rate keeps it finite, or it is a future. `at_run` is called before each run: how many of how many;
// false ends the search, and what is left has none.
std::vector<std::optional<double>> best_rates(const Comparison& now, ThreadPool& pool,
                                              const std::function<bool(std::size_t, std::size_t)>& at_run);

}  // namespace iem
