// The bridge from a mixture to a classifier with the same prototypes on the same points, which uses their
// labels.
#pragma once

#include "core/labs/kit/bridge.h"

namespace iem {

const Bridge& with_labels_bridge();

}  // namespace iem
