// A panel of curves on other scales: what falls by a factor a step is a straight line where J is logarithmic.
#pragma once

#include <optional>

#include "core/figure/figure.h"

namespace iem {

// Whether an axis can be logarithmic: its panel holds curves alone (lines, bands, markers, words), and some
// number of theirs on it is above 0.
bool can_be_log(const Panel& panel, bool of_x);

// The same panel with that axis logarithmic, from the smallest positive number on it; what lies at or below 0
// is not drawn. Marks are shared, not copied numbers. Unchanged where it cannot be, or is already.
Panel on_log_axis(Panel panel, bool of_x);

}  // namespace iem
