// The handles on the layer's stage: the mark of a line, and the ring at z = 1 at the end of its normal.
#pragma once

#include <vector>

#include "core/labs/kit/handle.h"

namespace iem {

const std::vector<Handle>& layer_handles();

}  // namespace iem
