// RMSprop, as torch.optim.RMSprop: v <- alpha v + (1 - alpha) g^2, theta <- theta - eta g / (sqrt v + eps).
// Tieleman & Hinton 2012.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType rmsprop();

}  // namespace iem
