// Diagnoses of a mixture: divergence, metric collapse (volume term off), the likelihood singularity (a
// component narrows onto a point), dead prototypes (no responsibility, so no pull), gradient descent that is
// slow where EM would not be.
#pragma once

#include "core/run/diagnosis.h"
#include "core/run/snapshot.h"

namespace iem {

// All present problems, the worst first; empty when there are none. Lengths are judged in standard deviations
// of the data along each axis, and given in the data's own units.
std::vector<Diagnosis> diagnose_mixture(const Snapshot& snapshot);

}  // namespace iem
