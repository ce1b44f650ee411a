// What the checks of several labs share.
#pragma once

#include <string>

#include "core/run/snapshot.h"

namespace iem::check {

std::string always(const Snapshot&);  // applies everywhere

// At most `most` points, evenly spread over the data.
Dataset sample(const Dataset& data, Eigen::Index most);

// The largest entry, where NaN is larger than anything: a check must not pass because of it.
double largest(const Eigen::MatrixXd& values);
// max |value - reference| / max(1, max |reference|).
double gap(const Eigen::VectorXd& value, const Eigen::VectorXd& reference);

// One thread, with rows.
Evaluation evaluate(const Model& model, const Theta& theta, double tau, const Dataset& data);

// lse_gradient, row_sums and monotone_em (math.md section 8) for any model with energies and
// responsibilities.
double lse_gradient(const Snapshot& snapshot);
double row_sums(const Snapshot& snapshot);
std::string where_em_exists(const Snapshot& snapshot);
double monotone_em(const Snapshot& snapshot);

}  // namespace iem::check
