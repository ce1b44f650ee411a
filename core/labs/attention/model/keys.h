// The attention lab's keys, the model they describe, and where it starts.
#pragma once

#include <functional>

#include "core/base/random.h"
#include "core/config/config.h"
#include "core/labs/attention/model/attention.h"

namespace iem {

// All keys: seeds, data, model, optimizer, schedule, view.
std::vector<Parameter> attention_parameters();
std::vector<Parameter> attention_learning_parameters();  // learning.cpp

// The options that model.* gives for this data. Throws InputError where shapes do not fit together, naming
// both.
AttentionOptions attention_options(const Config& config, const Dataset& data);

// The given parameters, and normal numbers of standard deviation model.init_scale for the others, drawn in
// the order of the layout and row by row within a block. `kept` returns a pointer to the value of row i and
// column j of a block that is kept, or null where there is none.
using KeptEntry = std::function<const double*(const Block& block, Eigen::Index i, Eigen::Index j)>;
Theta attention_start(const Config& config, const Attention& model, Random& random,
                      const KeptEntry& kept = {});

}  // namespace iem
