// Links between points and prototypes on the stage: threads from a point to the prototypes, and the pulls of
// all points on a prototype.
#pragma once

#include "core/figure/figure.h"
#include "core/labs/kit/lab.h"

namespace iem {

// Threads from the shown point to every prototype in its colour; the width shows r_j, and -r_j is written on
// it.
void add_threads(Panel& panel, const Snapshot& snapshot, const View& view);

// Arrows r_ij (x_i - mu_j) from prototype j, for the points that pull it most.
void add_point_pull(Panel& panel, const Snapshot& snapshot, int j);

}  // namespace iem
