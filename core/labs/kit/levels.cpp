#include "core/labs/kit/levels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/field/contour.h"

namespace iem {
namespace {

constexpr int kLevels = 12, kFiner = 5;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Bilinear interpolation of the grid's values at `row` / kFiner and `column` / kFiner.
double between(const PlaneGrid& grid, const std::vector<double>& values, int row, int column) {
  const int r = std::min(row / kFiner, grid.side - 2), c = std::min(column / kFiner, grid.side - 2);
  const double fy = static_cast<double>(row) / kFiner - r, fx = static_cast<double>(column) / kFiner - c;
  const auto value = [&](int i, int k) { return values[static_cast<std::size_t>(i * grid.side + k)]; };
  return (1 - fy) * ((1 - fx) * value(r, c) + fx * value(r, c + 1)) +
         fy * ((1 - fx) * value(r + 1, c) + fx * value(r + 1, c + 1));
}

// Cubic (Catmull-Rom) interpolation of a row of values at the index `at`; the values continue linearly beyond
// the ends.
template <class Value>
double on_cubic(int count, const Value& value, double at) {
  const int i = std::clamp(static_cast<int>(at), 0, count - 2);
  const double t = at - i, p1 = value(i), p2 = value(i + 1);
  const double p0 = i > 0 ? value(i - 1) : 2 * p1 - p2, p3 = i + 2 < count ? value(i + 2) : 2 * p2 - p1;
  return p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
}

}  // namespace

FinerGrid made_finer(const PlaneGrid& grid, const std::vector<double>& values, int factor) {
  const int side = factor * (grid.side - 1) + 1;
  FinerGrid out{{side, grid.x0, grid.x1, grid.y0, grid.y1}, {}};
  std::vector<double> wide;  // finer along rows alone
  for (int row = 0; row < grid.side; ++row)
    for (int k = 0; k < side; ++k)
      wide.push_back(on_cubic(
          grid.side, [&](int c) { return values[static_cast<std::size_t>(row * grid.side + c)]; },
          static_cast<double>(k) / factor));
  for (int k = 0; k < side; ++k)
    for (int column = 0; column < side; ++column)
      out.values.push_back(on_cubic(
          grid.side, [&](int r) { return wide[static_cast<std::size_t>(r * side + column)]; },
          static_cast<double>(k) / factor));
  return out;
}

std::vector<double> levels_of(std::vector<double> values) {
  std::erase_if(values, [](double v) { return !std::isfinite(v); });
  std::vector<double> levels;
  if (values.empty()) return levels;
  std::sort(values.begin(), values.end());
  const double bottom = values.front(), top = values[values.size() * 4 / 5];
  for (int i = 1; i <= kLevels; ++i)
    levels.push_back(bottom + (top - bottom) * libm::pow(static_cast<double>(i) / kLevels, 2));
  return levels;
}

void add_levels(Figure& figure, Panel& panel, const PlaneGrid& grid, const std::vector<double>& values,
                const std::vector<double>& levels, const std::function<bool(double, double)>& inside) {
  const int fine = kFiner * (grid.side - 1) + 1;
  const PlaneGrid finer{fine, grid.x0, grid.x1, grid.y0, grid.y1};
  std::vector<double> bands;
  for (int row = fine - 1; row >= 0; --row) {  // row 0 of a heat map is at the top
    for (int column = 0; column < fine; ++column) {
      const double v = between(grid, values, row, column);
      const auto below = std::lower_bound(levels.begin(), levels.end(), v) - levels.begin();
      const bool seen = !inside || inside(finer.x(column), finer.y(row));
      const double band = std::isfinite(v) ? static_cast<double>(below) : static_cast<double>(kLevels);
      bands.push_back(seen ? band : kNan);
    }
  }
  const double dx = 0.5 * (finer.x(1) - finer.x(0)), dy = 0.5 * (finer.y(1) - finer.y(0));
  Heatmap map{.series = "J level", .rows = fine, .columns = fine, .values = figure.own(std::move(bands))};
  map.x0 = grid.x0 - dx, map.x1 = grid.x1 + dx, map.y0 = grid.y0 - dy, map.y1 = grid.y1 + dy;
  map.limit = 2.4 * kLevels;  // keeps the highest level light enough to draw on
  panel.marks.push_back(std::move(map));
}

void add_level_lines(Figure& figure, Panel& panel, const PlaneGrid& grid, const std::string& series,
                     const std::vector<double>& values, const std::vector<double>& levels, const Ink& ink,
                     Dash dash) {
  Polylines lines;
  for (const double level : levels)
    append(lines, iso_lines(values, grid.side, grid.side, grid.x0, grid.x1, grid.y0, grid.y1, level));
  if (lines.x.empty()) return;
  Line line{
      .series = series, .x = figure.own(std::move(lines.x)), .y = figure.own(std::move(lines.y)), .ink = ink};
  line.width_px = 1;
  line.dash = dash;
  panel.marks.push_back(std::move(line));
}

void add_now(Panel& panel, double x, double y) {
  Marker here{.series = "now", .x = x, .y = y, .ink = {Role::accent}};
  here.radius_px = 5;
  panel.marks.push_back(std::move(here));
}

}  // namespace iem
