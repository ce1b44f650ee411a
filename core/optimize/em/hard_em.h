// Hard EM: r is replaced by the one-hot argmin of d, ties to the lowest index, then the same M-step (math.md
// section 2; Celeux & Govaert 1992, classification EM). With fixed, equal covariances and weights it is
// Lloyd's k-means.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType hard_em();

}  // namespace iem
