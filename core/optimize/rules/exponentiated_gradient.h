// Exponentiated gradient on the weights: pi_j <- pi_j exp(eta g_j) / Z, g_j = -dJ/dpi_j = N_j / (N pi_j)
// (math.md section 2; Kivinen & Warmuth 1997): mirror descent with the entropy as its mirror. EM is pi_j g_j.
// Everything but the weights stays.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType exponentiated_gradient();

}  // namespace iem
