// The activation lab: an activation function is what a posterior expects under hypotheses about its input
// (math.md section 4). Hypotheses, energies, responsibilities, a statistic; and hypotheses that learn from
// data on the line.
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

const Lab& activation_lab();

}  // namespace iem
