// Adam with decoupled weight decay, as torch.optim.AdamW: theta <- (1 - eta omega) theta, then Adam's step by
// the plain gradient. Loshchilov & Hutter 2019.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType adamw();

}  // namespace iem
