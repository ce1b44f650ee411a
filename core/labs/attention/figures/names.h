// The keys or values of a few tokens in their plane: each gets a shape, and a name that overlaps nothing
// else.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "core/figure/figure.h"
#include "core/labs/kit/principal_plane.h"

namespace iem {

// The size of a pixel in axis units, on a stage of about 600 pixels.
inline double pixel_of(const Panel& panel) {
  return std::max(panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo) / 600;
}

// What the names of keys must not overlap, besides the keys.
struct Around {
  std::vector<Gauge> gauges;
  const Eigen::RowVectorXd* query;                    // null: none is shown
  std::vector<std::pair<double, double>> names = {};  // that stand already
};

// Key j is named `letter`_{j+1}. Keys in one place share a shape; the names of a crowd stand in a row.
void add_named(Panel& panel, const Plane& plane, const char* letter, Around around);

}  // namespace iem
