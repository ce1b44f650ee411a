// Incremental EM [NH98]: the points are cut, in a random order, into fixed mini-batches, and the sufficient
// statistics of each are remembered. A step refreshes the responsibilities of one mini-batch, replaces its
// part of the sums, and makes the M-step from all of them. The first step is one of plain EM.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType incremental_em();

}  // namespace iem
