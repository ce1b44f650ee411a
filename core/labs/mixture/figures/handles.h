// What can be moved on the mixture's stage: prototypes, the handles of their ellipses, the ends of the probe
// line, and the knob between the gradient step and the EM target.
#pragma once

#include <vector>

#include "core/labs/kit/handle.h"

namespace iem {

const std::vector<Handle>& mixture_handles();

}  // namespace iem
