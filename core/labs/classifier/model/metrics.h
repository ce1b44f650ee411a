// The classifier lab's metrics for expressions and tables.
#pragma once

#include <vector>

#include "core/run/metric.h"

namespace iem {

const std::vector<Metric>& classifier_metrics();

}  // namespace iem
