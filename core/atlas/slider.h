// Atlases that are seen together: along a slider, of plans that differ in one setting, value after value, or
// those of compared runs.
#pragma once

#include <memory>
#include <vector>

#include "core/atlas/atlas.h"

namespace iem {

inline constexpr double kFollowed = 0.3;  // in the place of kSameOptimum

// The same atlases with one list of optima for all of them, so that an optimum keeps its name and its colour:
// the one with the lowest J in any of them is A. Optima that move from value to value are followed: an
// optimum is one of an earlier atlas if they are alike (optima.h), by up to kFollowed if need be, and no
// other one is closer. Where an atlas does not come to an optimum of the list, its count is 0 and its J that
// of another atlas. The slowest start is that of all, so that steps have the same shades everywhere. Atlases
// of other points, or of models with other parameters, share no list.
std::vector<std::shared_ptr<const Atlas>> with_common_names(
    const std::vector<std::shared_ptr<const Atlas>>& atlases);

}  // namespace iem
