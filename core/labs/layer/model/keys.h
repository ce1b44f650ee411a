// The layer lab's keys, the model they describe, and where it starts.
#pragma once

#include <functional>

#include "core/base/random.h"
#include "core/config/config.h"
#include "core/labs/layer/model/layer.h"

namespace iem {

// All keys: seeds, data, model, optimizer, schedule, view.
std::vector<Parameter> layer_parameters();

// The value of model.distance.
LineDistance distance_in(const Config& config);

// The options that model.* gives for this data. Throws InputError where shapes do not fit together, naming
// both.
LayerOptions layer_options(const Config& config, const Dataset& data);

// start.cpp. Throws InputError where the shape of a given start contradicts the scene's other keys.
void check_given_layer(const Config& config);
// Throws InputError unless an explicit start has a W with as many columns as the points have coordinates.
void check_given_weights(const Config& config, Eigen::Index inputs);
// The given blocks, zeros for the offsets, and normal numbers of standard deviation model.init_scale for the
// others, row by row: W, then W_2. `kept` returns a pointer to the value of row i and column j of a block
// that is kept, or null where there is none.
using KeptNumber = std::function<const double*(const Block& block, Eigen::Index i, Eigen::Index j)>;
Theta layer_start(const Config& config, const Layer& model, Random& random, const KeptNumber& kept = {});
// Whether the start draws nothing.
bool layer_start_is_given(const Config& config);

}  // namespace iem
