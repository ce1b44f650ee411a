// One gradient, three regimes: the same points, where nobody knows who answers for them (mixture), where the
// query knows (attention) and where the label knows (classifier). What the bridges between these share.
#pragma once

#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

// A scene of `lab` with the points, seeds, energies and the view of a run of another lab, as far as it has
// the same keys; its learning rule is gradient descent at the run's rate. `what` ends the title.
Scene same_points(const Snapshot& snapshot, const Lab& lab, const std::string& what);

// The prototypes of a run as given start: rows `order` of its blocks means, covariances and weights.
void give_prototypes(const Snapshot& snapshot, const std::vector<int>& order, Config& config);

// For each class the prototype that answers for most of it, then the prototypes that are left: K numbers.
std::vector<int> prototypes_by_class(const Snapshot& snapshot, int classes);

// The largest label and one; 0: no point has one.
int classes_named(const Dataset& data);

}  // namespace iem
