// The numbers that the layer lab reads off its runs.
#pragma once

#include <vector>

#include "core/run/metric.h"

namespace iem {

const std::vector<Metric>& layer_metrics();

}  // namespace iem
