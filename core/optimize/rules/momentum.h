// Gradient descent with momentum, as torch.optim.SGD(momentum): b <- m b + g, theta <- theta - eta b. Memory
// begins at 0, so that the first b is g. Polyak 1964.
#pragma once

#include <memory>

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType momentum();

// `looks_ahead`: steps along g + m b instead of b (Nesterov).
std::unique_ptr<Optimizer> make_momentum(const Config& config, bool looks_ahead);

}  // namespace iem
