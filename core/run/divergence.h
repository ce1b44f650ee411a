// The message about a divergence, the same in the window and on the command line: the step, the quantity, the
// last finite state and the remedy that fits.
#pragma once

#include <string>
#include <vector>

#include "core/run/diagnosis.h"
#include "core/run/run.h"
#include "core/run/snapshot.h"

namespace iem {

// The kind of such a diagnosis. The last finite state is usually far off already, so its edits are settings
// for a run from the start.
inline constexpr const char* kDivergedKind = "diverged";

// Text: "the run became non-finite at step 6 (loss)", and of a state that is not finite itself the point that
// is to blame. Remedy: standardised data where the axes differ in scale by more than 5 times; else a tenth of
// the learning rate, where the rule has one and a step was taken with it. Of a covariance that became
// singular: a learning rate of 1 where natural steps went past those of EM, else more on the diagonal.
std::vector<Diagnosis> diagnose_divergence(const Snapshot& snapshot);  // one, or none

// "step 5 is the last finite state", or that no step leads on from the present one.
std::string what_is_left(const RunState& state, const Divergence& divergence);

// The state itself is not finite (run/fault.h).
bool is_broken(const Snapshot& snapshot);

// The whole message in one line, for a run that has diverged: "the run became non-finite at step 6 (loss):
// step 5 is the last finite state; take a tenth of the learning rate (optimizer.learning_rate = 1.0)".
std::string divergence_line(const Run& run);

}  // namespace iem
