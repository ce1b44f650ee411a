// Exponentiated gradient on the weights: pi_j <- pi_j exp(eta g_j) / Z, g_j = -dJ/dpi_j = N_j / (N pi_j)
// (math.md section 2; Kivinen & Warmuth 1997): mirror descent with the entropy as mirror map. EM would set
// pi_j to pi_j g_j. All parameters but the weights stay.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType exponentiated_gradient();

}  // namespace iem
