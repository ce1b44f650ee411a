// The identity meter: dL_i/dd_ij by complex step of the scalar L, against -r_ij of the run's own softmax
// (math.md sections 0 and 8, lse_gradient).
#pragma once

#include "core/run/snapshot.h"

namespace iem {

// The log-sum-exp identity, for labs whose model evaluates parts of the data. At most `points` points, evenly
// spread over the data: the same ones every time.
IdentitySample lse_identity_sample(const Run& run, Eigen::Index points);

// The identity of the run's lab (Problem::identity_sample).
IdentitySample identity_sample(const Run& run, Eigen::Index points);

// The trace's metric: the error of the lab's identity on at most 64 points.
double identity_error(const Run& run);

}  // namespace iem
