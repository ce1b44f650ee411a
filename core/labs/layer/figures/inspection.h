// The numbers of one point and of one unit of a layer, for the inspector, the strip of phases and figures.
#pragma once

#include <vector>

#include "core/labs/kit/inspection.h"
#include "core/run/snapshot.h"

namespace iem {

// The numbers of a point from z to the responsibilities. Where exp(-d/tau) would overflow or underflow, the
// weights and their sum Z are divided by the largest weight (`shifted`), and `least` is the least distance.
struct LayerNumbers {
  std::vector<double> z, d, weight, r;
  double sum = 0, minus_l = 0, least = 0;
  bool shifted = false;
};
LayerNumbers layer_numbers(const Snapshot& snapshot, int point);

// dJ/dd_ij of a point for every unit, all terms together; empty where the snapshot has no rows.
std::vector<double> layer_pulls(const Snapshot& snapshot, int point);

// The read-out of a point: the probability of each class; empty where there is none.
std::vector<double> layer_prediction(const Snapshot& snapshot, int point);

Inspection inspect_layer_point(const Snapshot& snapshot, int point, int unit);
Inspection inspect_unit(const Snapshot& snapshot, int unit);

}  // namespace iem
