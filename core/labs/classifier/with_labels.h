// From a mixture to a classifier with the same prototypes on the same points: now the labels know.
#pragma once

#include "core/labs/kit/bridge.h"

namespace iem {

const Bridge& with_labels_bridge();

}  // namespace iem
