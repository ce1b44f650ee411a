// The layer lab's keys, the model they describe, and where it starts.
#pragma once

#include <functional>

#include "core/base/random.h"
#include "core/config/config.h"
#include "core/labs/layer/model/layer.h"

namespace iem {

// All keys: seeds, data, model, optimizer, schedule, view.
std::vector<Parameter> layer_parameters();

// What model.distance says.
LineDistance distance_in(const Config& config);

// What model.* says about this data. Throws InputError where shapes do not go together, naming both.
LayerOptions layer_options(const Config& config, const Dataset& data);

// start.cpp. What a scene gives of a start must have the shape its other keys say.
void check_given_layer(const Config& config);
// An explicit start has a W, as wide as the points.
void check_given_weights(const Config& config, Eigen::Index inputs);
// The given blocks, zeros for the offsets, and normal numbers of standard deviation model.init_scale for the
// others, row by row: W, then W_2. `kept` points to the number of row i and column j of a block where there
// is one already; else null.
using KeptNumber = std::function<const double*(const Block& block, Eigen::Index i, Eigen::Index j)>;
Theta layer_start(const Config& config, const Layer& model, Random& random, const KeptNumber& kept = {});
// Whether the start draws nothing.
bool layer_start_is_given(const Config& config);

}  // namespace iem
