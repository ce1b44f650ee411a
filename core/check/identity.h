// The identity meter: dL_i/dd_ij by complex step of the scalar L, against -r_ij of the run's own softmax
// (math.md sections 0 and 8, lse_gradient).
#pragma once

#include "core/run/snapshot.h"

namespace iem {

// At most `points` points, evenly spread over the data: the same ones every time.
IdentitySample identity_sample(const Run& run, Eigen::Index points);

// The trace's metric: the error on at most 64 points.
double identity_error(const Run& run);

}  // namespace iem
