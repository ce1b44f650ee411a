// One point's responsibilities to the right and the derivatives of L by its energies to the left, as bars to
// the same scale: the claim dL/dd_j = -r_j at a glance.
#pragma once

#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

struct MirroredBars {
  std::vector<double> r;
  std::string name = "prototype";  // of each bar, before its number
  bool has_shapes = true;          // each has the shape and hue of its prototype; false: all in ink
  double limit = 1;                // of the axis, to both sides
};

// The panel of the figure "Pinned point"; `figure` owns its numbers. Words that have no room are left out.
Panel mirrored_bars_panel(Figure& figure, const MirroredBars& bars);

}  // namespace iem
