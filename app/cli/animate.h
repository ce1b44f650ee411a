// iemlab run --animate: an animated figure of the run that was just stepped.
#pragma once

#include <cstdint>
#include <vector>

#include "app/cli/commands.h"
#include "core/run/run.h"

namespace iem::cli {

struct Output;

// How far the parameters went from step to step.
struct Way {
  // Called at every state of the run, the first one included.
  void note(const Run& run);

  std::int64_t first = 0;  // the step of the first state
  // By how much the parameters changed from the state before, for each state; 0 for the first, and where an
  // edit gave them another shape.
  std::vector<double> changes;
  bool goes_on_after_signal = false;  // the signal that ended the run is not meant for its animation

 private:
  Eigen::VectorXd theta_;
};

// Writes an animated figure of the run up to where it is now. Throws InputError, of kind `interrupted` after
// a signal: then there is no file.
void animate(const Output& film, const RunOptions& options, const Way& way, const Run& run);

}  // namespace iem::cli
