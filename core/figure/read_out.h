// The values of a panel's curves at one place of its horizontal axis, as they are shown under the pointer.
#pragma once

#include <string>
#include <vector>

#include "core/figure/figure.h"

namespace iem {

struct CurveValue {
  std::string name;  // of the curve: Line::read_as, or its series
  double y = 0;      // in axis units, finite
};

// One value for each line of the panel that has one at `x`, in the order of the marks: the sample there, or
// the interpolation between its two neighbours as it is drawn. The x of every line must ascend.
std::vector<CurveValue> read_out(const Panel& panel, double x);

}  // namespace iem
