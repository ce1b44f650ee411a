// What a hand can move on the classifier's stage: prototypes and their ellipses, the knobs of linear
// energies, the pinned point of painted data, the ends of the ray.
#pragma once

#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

const std::vector<Handle>& classifier_handles();

// The ellipse that the handles of class j's prototype lie on; nothing: it has none.
std::optional<HeldEllipse> ellipse_of_class(const Snapshot& snapshot, int j);

}  // namespace iem
