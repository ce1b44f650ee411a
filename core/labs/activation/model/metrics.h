// The activation lab's numbers for expressions and tables.
#pragma once

#include <vector>

#include "core/run/metric.h"

namespace iem {

const std::vector<Metric>& activation_metrics();

}  // namespace iem
