// The M-step of attention's values for a squared error, then a gradient step of everything else:
//   V <- (alpha^T alpha + lambda I)^-1 alpha^T Y,  then q and k by -eta dJ/dq, -eta dJ/dk at the new V.
// At fixed attention weights this is a linear least squares problem; its solution is found in one step, where
// gradient descent on the values takes many small ones.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType value_m_step();

}  // namespace iem
