// Gradient descent with momentum, as torch.optim.SGD(momentum): b <- m b + g, theta <- theta - eta b. Memory
// begins at 0, so that the first b is g. Polyak 1964.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType momentum();

}  // namespace iem
