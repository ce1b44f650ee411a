// The inspector's numbers of the activation lab: of the place under the probe, and of one hypothesis.
#pragma once

#include "core/labs/kit/inspection.h"
#include "core/labs/kit/lab.h"

namespace iem {

// d_h -> exp(-d_h/tau) -> r_h = -dL/dd_h, the derivative by complex step beside it, and every statistic at z.
// `hypothesis`: the one whose energy is written out; -1: the most credible.
Inspection inspect_place(const Snapshot& snapshot, double z, int hypothesis);

// What gradient descent and EM see of one hypothesis.
Inspection inspect_hypothesis(const Snapshot& snapshot, int hypothesis);

}  // namespace iem
