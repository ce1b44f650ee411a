// Gradient descent on log J: theta <- theta - (eta/J) dJ/dtheta. Where J falls for ever, as that of data that
// a plane separates, its logarithm falls at a steady pace.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType log_descent();

}  // namespace iem
