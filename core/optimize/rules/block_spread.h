// Gradient descent by the gradient's deviations within each block (a layer): the entries minus their mean;
// these divided by their standard deviation (a z-score for each block); or divided by one standard deviation
// of all entries together. None of the three moves the mean of a block.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType centred_descent();
OptimizerType z_score_descent();
OptimizerType common_spread_descent();

}  // namespace iem
