// The keys or values of a few tokens in their plane: a shape each, and names that keep clear of everything.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "core/figure/figure.h"
#include "core/labs/kit/principal_plane.h"

namespace iem {

// A pixel of a stage of middling size, in axis units.
inline double pixel_of(const Panel& panel) {
  return std::max(panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo) / 600;
}

// What names of keys keep clear of besides the keys.
struct Around {
  std::vector<Gauge> gauges;
  const Eigen::RowVectorXd* query;                    // null: none is shown
  std::vector<std::pair<double, double>> names = {};  // that stand already
};

// Key j is named `letter`_{j+1}. Keys in one place share a shape; the names of a crowd stand in a row.
void add_named(Panel& panel, const Plane& plane, const char* letter, Around around);

}  // namespace iem
