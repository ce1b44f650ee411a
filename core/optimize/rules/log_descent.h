// Gradient descent on log J: theta <- theta - (eta/J) dJ/dtheta. Where J has no minimum and falls towards 0,
// as with separable data, log J falls at a steady rate.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType log_descent();

}  // namespace iem
