// J - J* over steps on a logarithmic axis, with the height at which a run counts as settled.
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

// J* is the view's comparison.best where that is given, else the lowest J that the run or one beside it has
// reached.
Figure excess_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
