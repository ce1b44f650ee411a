// Plans repeated draws of compared runs: with which seeds, and from which settings.
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

// `times` draws of these runs with their present settings, by the present seed and those after it: of the
// start (drawn even if the scene gives one), of the points with the present seed of the start, or of
// everything. They run to the last known step of the first run, or to steps_to_try(). Throws InputError where
// that cannot be drawn.
DrawPlan plan_draws(const Comparison& now, DrawOf of, int times);

// The best learning rate of every run with its present settings (core/run/best_rate.h), by index; nothing
// where its rule has no rate, no rate keeps the run finite, or it is a future. `at_run(done, all)` is called
// before each run; false ends the search, and the remaining runs have none. So does `goes_on`, which any
// thread may ask at any step.
std::vector<std::optional<double>> best_rates(const Comparison& now, ThreadPool& pool,
                                              const std::function<bool(std::size_t, std::size_t)>& at_run,
                                              const GoesOn& goes_on = {});

}  // namespace iem
