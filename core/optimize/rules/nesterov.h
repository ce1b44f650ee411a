// Gradient descent with Nesterov's momentum, as torch.optim.SGD(momentum, nesterov=True): b <- m b + g, then
// theta <- theta - eta (g + m b). Nesterov 1983; in this form Sutskever et al. 2013.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType nesterov();

}  // namespace iem
