// The classifier lab: labels clamp responsibilities (math.md section 6).
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

const Lab& classifier_lab();

}  // namespace iem
