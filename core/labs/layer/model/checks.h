// The identities of a layer (math.md section 8), each against an independent computation.
#pragma once

#include <vector>

#include "core/run/problem.h"

namespace iem {

const std::vector<IdentityCheck>& layer_checks();

}  // namespace iem
