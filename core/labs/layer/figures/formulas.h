// The layer lab's formulas as TeX, for one configuration and without terms that it does not use.
#pragma once

#include <string>

#include "core/config/config.h"
#include "core/labs/layer/model/layer.h"

namespace iem {

// phi as TeX of `z`: "|z_j|", "\\max(0,z_j)".
std::string line_distance_tex(LineDistance distance, const std::string& z);
std::string layer_distance_tex(const Config& config);   // z = Wx + b, d_j = |z_j|
std::string layer_objective_tex(const Config& config);  // J = ..., of the terms that count
std::string layer_rule_tex(const Config& config);
// A description of the terms in J, words with mathematics.
std::string layer_terms_words(const LayerOptions& options);
// e^{-d_j}, or with the temperature.
std::string layer_exponential_tex(double tau, const std::string& j = "j");

}  // namespace iem
