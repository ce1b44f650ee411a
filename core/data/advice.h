// What somebody should know of points that come from outside before a mixture is learned from them.
#pragma once

#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/scene/config.h"

namespace iem {

// One sentence each: an axis on which all points agree, axes whose spreads are worlds apart, fewer points
// than the components can hold. Nothing for data on the line.
std::vector<std::string> advice_on(const Dataset& data, const Config& config);

}  // namespace iem
