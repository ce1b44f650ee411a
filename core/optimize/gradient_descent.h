// Gradient descent: theta <- theta - eta dJ/dtheta, full batch (math.md section 2). On a log-sum-exp
// objective its forward pass is an E-step and its update a partial M-step.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType gradient_descent();

}  // namespace iem
