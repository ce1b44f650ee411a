// What a hand can move on the layer's stage: the line by its mark, its normal by the ring at z = 1.
#pragma once

#include <vector>

#include "core/labs/kit/handle.h"

namespace iem {

const std::vector<Handle>& layer_handles();

}  // namespace iem
