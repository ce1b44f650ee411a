// Damped EM in expectation parameters: s <- (1 - eta) s + eta s_EM with s = (pi, pi mu, pi (Sigma + mu mu^T))
// (math.md section 2). For gaussian components this is the natural gradient for the complete-data Fisher
// information, that is mirror descent in the mean parameters (Khan & Rue 2023, section 1), not the natural
// gradient of the mixture's own likelihood. eta = 1 is EM.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType natural_gradient();

}  // namespace iem
