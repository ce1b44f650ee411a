// Stochastic gradient descent: theta <- theta - eta dJ_B/dtheta, J_B the mean over one mini-batch (math.md
// section 2; Robbins & Monro 1951). Batches are drawn without replacement (core/optimize/mini_batch.h).
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType stochastic_gradient();

}  // namespace iem
