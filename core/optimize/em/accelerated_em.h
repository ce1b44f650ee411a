// EM accelerated: rules that take its steps for those of a fixed-point iteration and lead farther,
// safeguarded by J.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

OptimizerType squarem();   // extrapolated along its last two steps (Varadhan and Roland 2008, scheme S3)
OptimizerType anderson();  // mixed with its last five steps (Walker and Ni 2011)

}  // namespace iem
