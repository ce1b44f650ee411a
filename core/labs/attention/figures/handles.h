// What can be moved on the attention lab's stage: queries, keys and the tips of values.
#pragma once

#include <vector>

#include "core/labs/kit/handle.h"

namespace iem {

const std::vector<Handle>& attention_handles();

}  // namespace iem
