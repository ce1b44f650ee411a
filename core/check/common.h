// What the checks of several labs share.
#pragma once

#include <functional>
#include <string>

#include "core/math/dual.h"
#include "core/run/problem.h"
#include "core/run/snapshot.h"

namespace iem::check {

std::string always(const Snapshot&);  // applies everywhere

// The largest entry; infinity if any entry is not finite, so that no check passes because of a NaN.
double largest(const Eigen::MatrixXd& values);
// max |value - reference| / max(1, max |reference|).
double gap(const Eigen::MatrixXd& value, const Eigen::MatrixXd& reference);

// An evaluation on one thread, with rows.
Evaluation evaluate(const Model& model, const Theta& theta, double tau, const Dataset& data);

// lse_gradient, row_sums and monotone_em (math.md section 8) for any model with energies and
// responsibilities.
std::string where_energies_can_step(const Snapshot& snapshot);  // by a complex step
double lse_gradient(const Snapshot& snapshot);
double row_sums(const Snapshot& snapshot);
std::string where_em_exists(const Snapshot& snapshot);
double monotone_em(const Snapshot& snapshot);

// The words of checks that several labs have, of points that are shared out among components.
CheckWords lse_gradient_words();
CheckWords row_sums_words();
CheckWords fenchel_young_words();
CheckWords monotone_em_words();
CheckWords fisher_words(const std::string& component);  // its index: "j"

// J of `data` with its derivative along one entry of theta, straight from the definition: no responsibilities
// anywhere.
using ObjectiveAlong = std::function<Dual(Eigen::Index direction, const Dataset& data)>;

// The error of dJ/dtheta (math.md section 8): the gradient that the rule follows or, for large data, that of
// a sample is compared with `objective` entry by entry.
double fisher_error(const Snapshot& snapshot, const ObjectiveAlong& objective);

}  // namespace iem::check
