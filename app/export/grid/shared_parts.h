// What figures of one page share.
#pragma once

#include <vector>

#include "app/export/grid/figure_grid.h"

namespace iem {

// Figures of the same id over the same ranges, where their axes measure the same.
void share_ranges(std::vector<GridFigure>& figures, bool x, bool y);

// Takes from the figures the names of curves that more than one of them shows in the same look, and the keys
// to signs that an earlier one has already. Returns a panel with the curves whose names were taken.
Panel take_shared_names(std::vector<GridFigure>& figures);

}  // namespace iem
