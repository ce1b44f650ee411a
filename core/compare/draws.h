// Several runs, each drawn with many seeds: of the data, of the start, or of both.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/run/comparison.h"

namespace iem {

// One draw of all runs.
struct Draw {
  std::optional<std::int64_t> seed;       // replaces `seed` and drops [seeds]
  std::optional<std::int64_t> seed_init;  // of the start alone
};

// The result of one run with one draw.
struct DrawnRun {
  bool begun = false;
  std::optional<Run> run;  // at its end
  std::int64_t first = 0;  // the step it began at
  std::string exit;        // steps | grad_norm | loss_change | non_finite | interrupted
  double seconds = 0;      // a step, on average
  std::int64_t steps() const { return run ? run->state().step - first : 0; }
};

// Called with every state of a run, the first one included; calls for different runs may overlap.
using StateWatch = std::function<void(std::size_t run, std::size_t draw, const Run& now)>;
// Called each time a run has ended, one call at a time, with how many of how many are done. If it returns
// false no more runs are begun, and those under way end after their present step.
using DrawWatch = std::function<bool(std::size_t done, std::size_t all)>;

// Runs each of `runs` (futures left out) from its present step to the step `last` or its own stop condition,
// once for each of `draws`, or once as it is if there are none. The result is indexed by run, then by draw.
// Several runs are computed at a time; each is bit for bit the run it would be alone. `goes_on` is asked
// before each step, on any thread; false ends all, as `watch` does. Throws InputError where a draw does not
// fit.
std::vector<std::vector<DrawnRun>> make_draws(const Comparison& runs, const std::vector<Draw>& draws,
                                              std::int64_t last, ThreadPool& pool,
                                              const DrawWatch& watch = {}, const StateWatch& on_state = {},
                                              const GoesOn& goes_on = {});

// The configuration of a draw.
void draw_seeds(Config& config, const Draw& draw);

// J*: the given one, else the lowest J that any of these runs has reached on the same data; nothing where
// none has a J.
std::optional<double> best_loss(const std::vector<std::vector<DrawnRun>>& runs, const DrawnRun& of,
                                std::optional<double> given);

}  // namespace iem
