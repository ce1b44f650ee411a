// Figures of several runs on one clock, for any lab: J - J* of each run, and a table of their numbers.
#pragma once

#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

inline constexpr double kExcessFloor = 1e-12;  // below it J - J* is rounding, and not drawn

// A lab's own figures followed by those of several runs, "excess" and "runs", which have nothing to show for
// a single run.
std::vector<FigureType> with_runs(std::vector<FigureType> own);

}  // namespace iem
