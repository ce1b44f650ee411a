// The classifier lab's formulas as TeX, for one configuration and without terms that it does not use.
#pragma once

#include <string>

#include "core/config/config.h"
#include "core/labs/classifier/model/classifier.h"
#include "core/run/snapshot.h"

namespace iem {

// d_j(x) = ..., J = ..., and what the rule does; empty where there is nothing to say in one line.
std::string energy_of_classes_tex(const Config& config);
std::string objective_of_classes_tex(const Config& config);
// The meaning of the letters L and L* in the objective; empty where it has none.
std::string sums_of_classes_tex(const Config& config);
std::string rule_of_classes_tex(const Config& config);

// "r^\star_j-r_j", with kappa, or with lambda without a label.
std::string residual_tex(const Classifier& model, bool has_label);

// Words on what a label does to the energies, for both signs: d_j as a distance, and s_j = -d_j as a logit.
std::string sign_words(const Classifier& model);

}  // namespace iem
