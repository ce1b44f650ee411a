// Panels of one figure beside and below one another: how many stand side by side, and which axes are numbered
// once for all that share them.
#pragma once

#include <cstddef>
#include <vector>

#include "core/figure/figure.h"

namespace iem {

// As many columns as the figure asks for, but none too narrow to be read.
std::size_t columns_on(const Figure& figure, double width_px);
// The panels of the figure; an axis that the next one below or the one at the left shares has its numbers and
// its name there.
std::vector<Panel> with_shared_axes(const Figure& figure, std::size_t columns);
// Between columns, in pixels; wider where a panel that is not at the left has numbers of its own.
double column_gap(const std::vector<Panel>& panels, std::size_t columns);

}  // namespace iem
