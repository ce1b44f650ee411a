// The keys of a mixture of experts, the classifier's keys that they switch off, and the start of the experts.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/config/config.h"
#include "core/labs/classifier/model/experts.h"

namespace iem {

// Whether the model is a mixture of experts instead of a classifier of classes.
bool has_experts(const Config& config);

// model.experts, and the lines they begin with.
std::vector<Parameter> experts_parameters();
// Switches keys that only classes have off for experts.
void leave_to_classes(std::vector<Parameter>& keys);
// The default of model.learn for experts; null for classes.
const Value* learned_blocks_of_experts(const Config& config);

// The options that model.* gives. Throws InputError where they contradict each other.
ExpertsOptions experts_options(const Config& config, const Dataset& data);

// Throws InputError where given lines are not as many as there are experts.
void check_given_experts(const Config& config);
// Lines through the mean of the points with drawn slopes, or as given; a linear gate starts at 0, prototypes
// are spaced evenly along x.
Theta start_of_experts(const Config& config, const Experts& model, const Dataset& data, Random& init);
// Experts that are kept keep their lines, and their gate where it is of the same kind.
Theta carry_experts_over(const Theta& theta, const Experts& from, const Config& config, const Experts& to,
                         const Dataset& data, Random& init);

}  // namespace iem
