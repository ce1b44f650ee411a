// The classifier lab's formulas for one setup: TeX that is true of it as it stands.
#pragma once

#include <string>

#include "core/config/config.h"
#include "core/labs/classifier/model/classifier.h"
#include "core/run/snapshot.h"

namespace iem {

// d_j(x) = ..., J = ..., and what the rule does; empty where there is nothing to say in one line.
std::string energy_of_classes_tex(const Config& config);
std::string objective_of_classes_tex(const Config& config);
// What the letters L and L* in it are; empty: it has none.
std::string sums_of_classes_tex(const Config& config);
std::string rule_of_classes_tex(const Config& config);

// "r^\star_j-r_j", with kappa, or with lambda without a label.
std::string residual_tex(const Classifier& model, bool has_label);

// What a label does to the energies, both signs written out: d_j as a distance and s_j = -d_j as a logit.
std::string sign_words(const Classifier& model);

}  // namespace iem
