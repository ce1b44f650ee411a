// Logarithmic axes for a panel of curves: a J that falls by the same factor in every step is a straight line
// on one.
#pragma once

#include <optional>

#include "core/figure/figure.h"

namespace iem {

// Whether an axis can be logarithmic: the panel holds only curves (lines, bands, markers, words), and at
// least one of their numbers on this axis is above 0.
bool can_be_log(const Panel& panel, bool of_x);

// The same panel with that axis logarithmic, beginning at the smallest positive number; numbers at or below 0
// are not drawn. Marks still share their numbers. Returns the panel unchanged where the axis cannot be
// logarithmic or already is.
Panel on_log_axis(Panel panel, bool of_x);

// Leaves out markers whose place on that axis has no logarithm.
void erase_unseen_markers(Panel& panel, bool of_x);

}  // namespace iem
