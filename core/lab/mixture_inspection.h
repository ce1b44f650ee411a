// The inspector's numbers of the mixture, and the two arrows that coincide.
#pragma once

#include "core/lab/inspection.h"
#include "core/lab/lab.h"
#include "core/model/mixture.h"

namespace iem {

// `component`: the one whose formulas are written out; -1: that with the largest r.
Inspection inspect_point(const Snapshot& snapshot, int point, int component);
Inspection inspect_prototype(const Snapshot& snapshot, int j);

// Whether EM's step of a mean is its gradient times (N/N_j) Sigma_j.
bool preconditions(const Mixture& model);
// -(N/N_j) Sigma_j dJ/dmu_j.
Eigen::Vector2d preconditioned_gradient(const Snapshot& snapshot, int j);

}  // namespace iem
