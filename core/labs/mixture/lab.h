// The mixture lab: log-sum-exp over energies of points to prototypes, without labels (math.md sections 0 to
// 3).
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

const Lab& mixture_lab();

}  // namespace iem
