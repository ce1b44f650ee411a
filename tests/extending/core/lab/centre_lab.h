// A toy lab: one point that descends to the middle of the data, J = 1/(2N) sum_i |x_i - c|^2. It shows that
// the program needs nothing of a lab but its file pair and its line in the registry.
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

const Lab& centre_lab();

}  // namespace iem
