// Gradient descent: theta <- theta - eta (dJ/dtheta + weight_decay theta), full batch (math.md section 2).
// For a log-sum-exp objective its forward pass is an E-step, and its update, without decay, a partial M-step.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType gradient_descent();

}  // namespace iem
