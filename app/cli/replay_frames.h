// The frames of an animation: a run is stepped once more, as often as they are needed, so that a long run
// takes no more memory than a short one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/stepping.h"
#include "app/export/animation/animation.h"

namespace iem::cli {

struct Output;

// How a run came to where it is.
struct Replay {
  Replay(const Run& before, std::vector<TimedEdit> timed) : start(before), edits(std::move(timed)) {}

  // Called at every state of the run itself.
  void note(const Run& run);

  Run start;
  std::vector<TimedEdit> edits;
  // By how much the parameters changed from the state before, for each state; 0 for the first, and where an
  // edit gave them another shape.
  std::vector<double> changes;
  bool goes_on_after_signal = false;  // the signal that ended the run is not meant for its animation

 private:
  Eigen::VectorXd theta_;
};

// Which states are shown, as indices from 0 to `last`: every n-th and the last. Without `every` there are at
// most some 200.
std::vector<std::int64_t> evenly_by_steps(std::int64_t last, std::optional<std::int64_t> every);
// As many as `frames`, but at equal distances along the way that `changes` are the pieces of; no state twice,
// the first and the last among them.
std::vector<std::int64_t> evenly_by_change(const std::vector<double>& changes, std::size_t frames);

// Writes an animated figure of the run up to where it is now. Throws InputError, of kind `interrupted` after
// a signal: then there is no file.
void animate(const Output& film, const RunOptions& options, const Replay& replay, const Run& run);

}  // namespace iem::cli
