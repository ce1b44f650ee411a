// The handles on the classifier's stage: prototypes and their ellipses, the knobs of linear energies, the
// pinned point of painted data, and the ends of the ray.
#pragma once

#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

const std::vector<Handle>& classifier_handles();

}  // namespace iem
