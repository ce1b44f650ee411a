// The numbers a run of the classifier can be asked for.
#pragma once

#include <vector>

#include "core/run/metric.h"

namespace iem {

const std::vector<Metric>& classifier_metrics();

}  // namespace iem
