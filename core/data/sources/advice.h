// What somebody should know of points that come from outside before a mixture is learned from them.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/data/dataset.h"

namespace iem {

// One sentence each: an axis on which all points agree, axes whose spreads are worlds apart, fewer points
// than the components can hold. Nothing for data on the line.
std::vector<std::string> advice_on(const Dataset& data, const Config& config);
// The same of points that a file of somebody's own holds, each after the file's name; else nothing. `folder`
// is where relative paths begin.
std::vector<std::string> advice_on_file(const Dataset& data, const Config& config, const std::string& folder);

}  // namespace iem
