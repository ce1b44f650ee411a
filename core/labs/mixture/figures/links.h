// What one update does to the stage: threads from a point to the prototypes, and what every point pulls a
// prototype by.
#pragma once

#include "core/figure/figure.h"
#include "core/labs/kit/lab.h"

namespace iem {

// From the shown point to every prototype, in its colour, as wide as its responsibility, with -r_j on it.
void add_threads(Panel& panel, const Snapshot& snapshot, const View& view);

// r_ij (x_i - mu_j) of the points that pull prototype j most, from the prototype.
void add_point_pull(Panel& panel, const Snapshot& snapshot, int j);

}  // namespace iem
