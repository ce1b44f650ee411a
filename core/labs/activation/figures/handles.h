// What can be moved on the activation lab's figures: the places of hypotheses.
#pragma once

#include <vector>

#include "core/labs/kit/handle.h"

namespace iem {

const std::vector<Handle>& activation_handles();

}  // namespace iem
