// The ways in which a mixture goes wrong, by name: divergence, metric collapse (volume term off), the
// likelihood singularity (a component narrows onto a point), dead prototypes (no responsibility, so no pull),
// gradient descent that crawls where EM would not.
#pragma once

#include "core/run/diagnosis.h"
#include "core/run/snapshot.h"

namespace iem {

// Everything that is wrong now, the worst first; empty when nothing is. Lengths are judged in standard
// deviations of the data along each axis, and told in the data's own units.
std::vector<Diagnosis> diagnose_mixture(const Snapshot& snapshot);

}  // namespace iem
