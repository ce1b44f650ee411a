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

// What one run has come to with one draw.
struct DrawnRun {
  bool begun = false;
  std::optional<Run> run;  // at its end
  std::int64_t first = 0;  // the step it began at
  std::string exit;        // steps | grad_norm | loss_change | non_finite | interrupted
  double seconds = 0;      // a step, on average
  std::int64_t steps() const { return run ? run->state().step - first : 0; }
};

// Called with every state a run passes, the first one included; of different runs at the same time.
using StateWatch = std::function<void(std::size_t run, std::size_t draw, const Run& now)>;
// Called when another run has ended, one call at a time: how many of how many. False: no more are begun, and
// those under way end after their step.
using DrawWatch = std::function<bool(std::size_t done, std::size_t all)>;

// The runs of `runs` (futures aside) from where they stand, each to the step `last` or its own stop
// condition, with every one of `draws`; none: as they are, once. By run, then by draw. Several at a time;
// each is, bit for bit, the run it would be alone. Throws InputError where a draw does not fit.
std::vector<std::vector<DrawnRun>> make_draws(const Comparison& runs, const std::vector<Draw>& draws,
                                              std::int64_t last, ThreadPool& pool,
                                              const DrawWatch& watch = {}, const StateWatch& on_state = {});

// The configuration of a draw.
void draw_seeds(Config& config, const Draw& draw);

// J*: what is given, else the lowest J that any of these has reached on the same data. Nothing: none has a J.
std::optional<double> best_loss(const std::vector<std::vector<DrawnRun>>& runs, const DrawnRun& of,
                                std::optional<double> given);

}  // namespace iem
