// Shared parts of stages whose points lie in the plane: the axes and the pinned point.
#pragma once

#include <utility>

#include "core/labs/kit/lab.h"

namespace iem {

// The range of a coordinate on the stage: as the view sets it, else the range of the data with a margin.
std::pair<double, double> stage_range(const Snapshot& snapshot, const View& view, int axis);

// An axis with the name and unit from the data.
Axis data_axis(const Snapshot& snapshot, int axis, std::pair<double, double> range);

// Whether one unit has the same length on both axes: as the view sets it; else yes, unless the points come
// from outside and extend more than five times as far along one axis as along the other.
bool has_equal_aspect(const Snapshot& snapshot, const View& view);

// The pinned point's index, or -1.
int pinned_point(const Snapshot& snapshot, const View& view);

// The point whose numbers are shown: the one under the pointer, else the pinned one, or -1.
int shown_point(const Snapshot& snapshot, const View& view);

// The panel of the stage without any marks.
Panel empty_stage(const Snapshot& snapshot, const View& view);

}  // namespace iem
