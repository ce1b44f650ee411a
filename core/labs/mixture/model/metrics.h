// The mixture lab's numbers for expressions and tables.
#pragma once

#include <vector>

#include "core/run/metric.h"

namespace iem {

const std::vector<Metric>& mixture_metrics();

}  // namespace iem
