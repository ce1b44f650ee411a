// Iso-lines of a function sampled on a grid, by marching squares (Lorensen and Cline 1987, in two
// dimensions), joined into polylines.
#pragma once

#include <span>
#include <vector>

namespace iem {

struct Polylines {
  std::vector<double> x, y;  // pieces separated by NaN in both
};

// Adds the pieces of `more`; nothing where there are none.
void append(Polylines& lines, const Polylines& more);

// values: rows * columns, row-major, row 0 at y0, column 0 at x0; samples are spread evenly, ends included.
// Cells with a value that is not finite are skipped. Saddles are resolved by the cell's mean.
Polylines iso_lines(std::span<const double> values, int rows, int columns, double x0, double x1, double y0,
                    double y1, double level);

}  // namespace iem
