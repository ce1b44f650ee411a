// The neighbours lab: small systems beside log-sum-exp, each with a quantity that is known exactly (math.md
// section 10).
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

const Lab& neighbours_lab();

}  // namespace iem
