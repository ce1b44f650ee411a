// A function over a plane as bands between levels and as lines along them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/figure/figure.h"

namespace iem {

// side x side places, ends included; values on it are row-major, row 0 at y0.
struct PlaneGrid {
  int side = 2;
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1;

  double x(int column) const { return x0 + (x1 - x0) * column / (side - 1); }
  double y(int row) const { return y0 + (y1 - y0) * row / (side - 1); }
};

// A smooth function between the values on a grid, at `factor` times as many places along each axis: cubic,
// and through the values (Catmull-Rom). Values that are not finite reach as far as the next ones.
struct FinerGrid {
  PlaneGrid grid;
  std::vector<double> values;
};
FinerGrid made_finer(const PlaneGrid& grid, const std::vector<double>& values, int factor);

// Levels closer together near the bottom, up to where four fifths of the values lie below.
std::vector<double> levels_of(std::vector<double> values);

// Adds the bands, of values made finer like those of the lines. Lower bands are lighter, values that are not
// finite are darkest, and nothing is drawn where `inside(x, y)` is false.
void add_levels(Figure& figure, Panel& panel, const PlaneGrid& grid, const std::vector<double>& values,
                const std::vector<double>& levels,
                const std::function<bool(double, double)>& inside = nullptr);

void add_level_lines(Figure& figure, Panel& panel, const PlaneGrid& grid, const std::string& series,
                     const std::vector<double>& values, const std::vector<double>& levels, const Ink& ink,
                     Dash dash);

// Adds a mark for the present place of the run.
void add_now(Panel& panel, double x, double y);

}  // namespace iem
