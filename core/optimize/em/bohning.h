// Boehning & Lindsay's bound (1988): the Hessian of a softmax cross-entropy is nowhere greater than one fixed
// matrix, so a quadratic with that curvature that touches J at any point lies above J everywhere. The minimum
// of this bound is
//   (W, b) <- (W, b) - 2 tau [dJ/dW, dJ/db] S^+,  S = (1/N) sum_i [x_i; 1][x_i; 1]^T,
// a preconditioned gradient step that never raises J. It is to labelled points what the M-step is to points
// without labels.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType bohning();

}  // namespace iem
