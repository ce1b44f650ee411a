// The layer lab: a linear layer as distances to lines, and the terms of J that keep its units alive and
// different (math.md section 9).
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

const Lab& layer_lab();

}  // namespace iem
