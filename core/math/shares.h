// Normalising weights of any magnitude. Only their ratios count, so their sum must neither overflow nor lose
// digits.
#pragma once

#include <vector>

namespace iem {

// Weights in the same proportions whose sum is safe to form: the weights as they are, or times a power of two
// where the largest is above 2^300 or below 2^-300. All weights must be > 0.
std::vector<double> moderate_weights(const std::vector<double>& weights);
void moderate_weights(const std::vector<double>& weights,
                      std::vector<double>& out);  // in memory that is there

// log(w_j / sum_k w_k), finite also where the ratio itself underflows.
std::vector<double> log_shares(const std::vector<double>& weights);
void log_shares(const std::vector<double>& weights, std::vector<double>& out);

}  // namespace iem
