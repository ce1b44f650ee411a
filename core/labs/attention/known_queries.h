// The bridge from a mixture to attention: prototypes become keys and values, points become queries with their
// targets.
#pragma once

#include "core/labs/kit/bridge.h"

namespace iem {

const Bridge& known_queries_bridge();

}  // namespace iem
