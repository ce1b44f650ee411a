// Accelerated EM: rules that treat EM as a fixed-point iteration and extrapolate it; a step that would raise
// J is shortened or replaced by a step of EM.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType squarem();   // extrapolated along its last two steps (Varadhan and Roland 2008, scheme S3)
OptimizerType anderson();  // mixed with its last five steps (Walker and Ni 2011)

}  // namespace iem
