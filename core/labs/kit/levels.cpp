#include "core/labs/kit/levels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/field/contour.h"

namespace iem {
namespace {

constexpr int kLevels = 12, kFiner = 6, kFinerLines = 3;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Cubic (Catmull-Rom) interpolation of a row of values at the index `at`; the values continue linearly beyond
// the ends, and beside one that is not finite.
template <class Value>
double on_cubic(int count, const Value& value, double at) {
  const int i = std::clamp(static_cast<int>(at), 0, count - 2);
  const double t = at - i, p1 = value(i), p2 = value(i + 1);
  double p0 = i > 0 ? value(i - 1) : kNan, p3 = i + 2 < count ? value(i + 2) : kNan;
  if (!std::isfinite(p0)) p0 = 2 * p1 - p2;
  if (!std::isfinite(p3)) p3 = 2 * p2 - p1;
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
  const auto [finer, between] = made_finer(grid, values, kFiner);
  std::vector<double> bands;
  for (int row = finer.side - 1; row >= 0; --row) {  // row 0 of a heat map is at the top
    for (int column = 0; column < finer.side; ++column) {
      const double v = between[static_cast<std::size_t>(row * finer.side + column)];
      const auto below = std::lower_bound(levels.begin(), levels.end(), v) - levels.begin();
      const bool seen = !inside || inside(finer.x(column), finer.y(row));
      const double band = std::isfinite(v) ? static_cast<double>(below) : static_cast<double>(kLevels);
      bands.push_back(seen ? band : kNan);
    }
  }
  const double dx = 0.5 * (finer.x(1) - finer.x(0)), dy = 0.5 * (finer.y(1) - finer.y(0));
  Heatmap map{.series = "J level", .rows = finer.side, .columns = finer.side};
  map.values = figure.own(std::move(bands));
  map.smooth = true;  // softens the steps at the rims of bands
  map.x0 = grid.x0 - dx, map.x1 = grid.x1 + dx, map.y0 = grid.y0 - dy, map.y1 = grid.y1 + dy;
  map.limit = 2.4 * kLevels;  // keeps the highest level light enough to draw on
  panel.marks.push_back(std::move(map));
}

void add_level_lines(Figure& figure, Panel& panel, const PlaneGrid& grid, const std::string& series,
                     const std::vector<double>& values, const std::vector<double>& levels, const Ink& ink,
                     Dash dash) {
  const auto [finer, between] = made_finer(grid, values, kFinerLines);
  Polylines lines;
  for (const double level : levels)
    append(lines, iso_lines(between, finer.side, finer.side, grid.x0, grid.x1, grid.y0, grid.y1, level));
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
