// From a mixture to attention: prototypes become keys and values, points become queries that are told what
// they should have read.
#pragma once

#include "core/labs/kit/bridge.h"

namespace iem {

const Bridge& known_queries_bridge();

}  // namespace iem
