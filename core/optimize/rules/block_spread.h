// Gradient descent that looks at how the gradient's entries spread within a block (a layer): less their mean;
// that over its standard deviation, a z-score for each block; or over one standard deviation of all entries
// together. None of them moves the mean of a block.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType centred_descent();
OptimizerType z_score_descent();
OptimizerType common_spread_descent();

// Whether it is one of these.
bool takes_means_off(const std::string& rule);

}  // namespace iem
