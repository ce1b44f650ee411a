// Shared by the bridges between three labs with the same gradient on the same points: unsupervised (mixture),
// conditioned on a query (attention) and supervised by a label (classifier).
#pragma once

#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

// A scene of `lab` with the points, seeds, energies and the view of a run of another lab, as far as it has
// the same keys; its learning rule is gradient descent at the run's rate. `what` ends the title.
Scene same_points(const Snapshot& snapshot, const Lab& lab, const std::string& what);

// Sets the prototypes of a run as given start: rows `order` of its blocks means, covariances and weights.
void give_prototypes(const Snapshot& snapshot, const std::vector<int>& order, Config& config);

// A permutation of the K prototypes: for each class the prototype with the largest share of it, then the
// remaining ones.
std::vector<int> prototypes_by_class(const Snapshot& snapshot, int classes);

// The largest label plus one; 0 where no point has a label.
int classes_named(const Dataset& data);

}  // namespace iem
