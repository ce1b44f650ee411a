// The keys of a mixture of experts, what they switch off of the classifier's, and where its experts begin.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/config/config.h"
#include "core/labs/classifier/model/experts.h"

namespace iem {

// Whether experts answer for the points, with lines, in place of classes.
bool has_experts(const Config& config);

// model.experts, and the lines they begin with.
std::vector<Parameter> experts_parameters();
// Keys that only classes have.
void leave_to_classes(std::vector<Parameter>& keys);
// What model.learn may name; null: classes answer.
const Value* learned_blocks_of_experts(const Config& config);

// What model.* says. Throws InputError where it does not go together.
ExpertsOptions experts_options(const Config& config, const Dataset& data);

// Throws InputError where given lines are not as many as there are experts.
void check_given_experts(const Config& config);
// Lines through the middle of the points at drawn slopes, or as given; a linear gate at 0, prototypes evenly
// along x.
Theta start_of_experts(const Config& config, const Experts& model, const Dataset& data, Random& init);
// Experts that are kept keep their lines, and their gate where it is of the same kind.
Theta carry_experts_over(const Theta& theta, const Experts& from, const Config& config, const Experts& to,
                         const Dataset& data, Random& init);

}  // namespace iem
