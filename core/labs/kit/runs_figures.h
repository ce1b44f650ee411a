// Several runs on one clock, of any lab: how far each is above the best, and their numbers side by side.
#pragma once

#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

// A lab's own figures, and those of several runs: "excess" and "runs". Alone, a run has neither.
std::vector<FigureType> with_runs(std::vector<FigureType> own);

}  // namespace iem
