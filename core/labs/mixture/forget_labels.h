// The bridge from a classifier with prototypes to a mixture of the same prototypes, without the labels.
#pragma once

#include "core/labs/kit/bridge.h"

namespace iem {

const Bridge& forget_labels_bridge();

}  // namespace iem
