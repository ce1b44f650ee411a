// Where the prototypes begin, and how they are carried over to a mixture of another shape.
#pragma once

#include "core/base/random.h"
#include "core/config/config.h"
#include "core/mixture/mixture.h"

namespace iem {

const std::vector<std::string>& start_names();  // random, from_data, kmeans++, explicit

// Throws InputError where a given start contradicts the scene's other keys: not K rows, matrices of another
// kind.
void check_given_start(const Config& config);
// The same for `k` prototypes; `by` says what has that many: "model.components = 3".
void check_given_start(const Config& config, std::int64_t k, const std::string& by);

// The spread a component begins with: the data's own variance along each axis, shared among K.
Sym2 start_spread(const Dataset& data, int components, CovarianceKind kind);

// Initial theta as model.init says. Given components need not be K: those there is room for are kept, further
// ones start from data points, as carry_over does it; matrices are projected onto the kind. Throws InputError
// naming the key that does not fit.
Theta start_theta(const Config& config, const Mixture& model, const Dataset& data, Random& random);

// Kept components keep their parameters, new ones start from a data point; matrices are projected onto the
// new kind.
Theta carry_over(const Theta& theta, const Mixture& from, const Mixture& to, const Dataset& data,
                 Random& random);

}  // namespace iem
