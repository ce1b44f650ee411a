// The layer lab: a linear layer as distances to lines, and what keeps its units alive and apart (math.md
// section 9).
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

const Lab& layer_lab();

}  // namespace iem
