// Weights of any size, normalised: only their ratios count, so their sum must not overflow nor lose digits.
#pragma once

#include <vector>

namespace iem {

// The same proportions where sums are safe: the weights as they are, or times a power of two where the
// largest is beyond 2^300 or below 2^-300. Weights greater than 0.
std::vector<double> moderate_weights(const std::vector<double>& weights);

// log(w_j / sum_k w_k), finite also where the ratio itself underflows.
std::vector<double> log_shares(const std::vector<double>& weights);

}  // namespace iem
