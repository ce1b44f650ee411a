// Warnings about given points that are worth knowing before a mixture is learned from them.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/data/dataset.h"

namespace iem {

// One sentence for each of these: an axis on which all points have the same value, axes whose spreads differ
// by orders of magnitude, too few points for the number of components. There is none for data on the line.
std::vector<std::string> advice_on(const Dataset& data, const Config& config);
// The same for points from a user's own file, each sentence after the file's name; nothing for other data.
// `folder` resolves relative paths.
std::vector<std::string> advice_on_file(const Dataset& data, const Config& config, const std::string& folder);

}  // namespace iem
