// The path from gradient descent to EM: every natural parameter takes (1 - lambda) times the step of gradient
// descent plus lambda times the step of EM (math.md section 2). For the means this is gradient descent
// preconditioned by (1 - lambda) eta I + lambda N Sigma_j / N_j.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType gd_to_em();

}  // namespace iem
