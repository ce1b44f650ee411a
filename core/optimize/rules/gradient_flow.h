// Gradient flow, theta' = -dJ/dtheta, by the classical Runge-Kutta method of order 4 (Kutta 1901): a step
// advances time by the learning rate.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType gradient_flow();

}  // namespace iem
