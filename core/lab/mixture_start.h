// Where the prototypes begin, and how they are carried over to a mixture of another shape.
#pragma once

#include "core/base/random.h"
#include "core/model/mixture.h"
#include "core/scene/config.h"

namespace iem {

const std::vector<std::string>& start_names();  // random, from_data, kmeans++, explicit

// Initial theta as model.init says. Throws InputError naming the key that does not fit.
Theta start_theta(const Config& config, const Mixture& model, const Dataset& data, Random& random);

// Kept components keep their parameters, new ones start from a data point; matrices are projected onto the
// new kind.
Theta carry_over(const Theta& theta, const Mixture& from, const Mixture& to, const Dataset& data,
                 Random& random);

}  // namespace iem
