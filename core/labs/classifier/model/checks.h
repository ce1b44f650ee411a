// The identities of the classifier (math.md section 8): clamped_minus_free, clamped_gradient,
// bound_never_raises, calibration_at_optimum and those every lab of responsibilities has.
#pragma once

#include <vector>

#include "core/check/check.h"
#include "core/run/snapshot.h"

namespace iem {

const std::vector<IdentityCheck>& classifier_checks();

// N dJ/dd_ij: r*_ij - kappa r_ij as the run computes it, against automatic differentiation of the scalar J_i.
IdentitySample clamped_sample(const Run& run, Eigen::Index points);

}  // namespace iem
