// Boehning & Lindsay's bound (1988): the Hessian of a softmax cross-entropy is nowhere above one fixed
// matrix, so that a parabola with that curvature touches J from above wherever it is laid on. Its lowest
// place is
//   (W, b) <- (W, b) - 2 tau [dJ/dW, dJ/db] S^+,  S = (1/N) sum_i [x_i; 1][x_i; 1]^T,
// a preconditioned gradient step that never raises J: what the M-step is where no label clamps.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType bohning();

}  // namespace iem
