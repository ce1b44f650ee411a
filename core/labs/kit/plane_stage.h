// What the stages of labs share whose points lie in the plane: its axes and which point is pinned.
#pragma once

#include <utility>

#include "core/labs/kit/lab.h"

namespace iem {

// A coordinate's range on the stage: as the view says, else the data with a margin.
std::pair<double, double> stage_range(const Snapshot& snapshot, const View& view, int axis);

// An axis named as the data names it.
Axis data_axis(const Snapshot& snapshot, int axis, std::pair<double, double> range);

// Is one unit as long on both axes? As the view says; else unless the points come from outside and reach more
// than five times as far along one axis as along the other.
bool has_equal_aspect(const Snapshot& snapshot, const View& view);

// The pinned point's index, or -1.
int pinned_point(const Snapshot& snapshot, const View& view);

// The point whose numbers are shown: the one under the pointer, else the pinned one, or -1.
int shown_point(const Snapshot& snapshot, const View& view);

// The stage without anything on it.
Panel empty_stage(const Snapshot& snapshot, const View& view);

}  // namespace iem
