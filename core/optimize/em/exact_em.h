// Exact expectation-maximisation: the M-step in closed form from the responsibilities at theta (math.md
// section 2).
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType exact_em();

}  // namespace iem
