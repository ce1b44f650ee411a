#include "core/figure/read_out.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"

namespace iem {
namespace {

// NaN where the line has no value.
double value_at(const Line& line, Scale scale, double x) {
  const auto after = std::ranges::lower_bound(line.x, x);
  if (after == line.x.end()) return std::nan("");
  const auto i = static_cast<std::size_t>(after - line.x.begin());
  if (line.x[i] == x) return line.y[i];
  if (i == 0) return std::nan("");
  const double t = (x - line.x[i - 1]) / (line.x[i] - line.x[i - 1]), a = line.y[i - 1], b = line.y[i];
  if (scale == Scale::log10 && !(a > 0 && b > 0)) return std::nan("");  // a gap in the drawn curve
  return scale == Scale::log10 ? a * libm::pow(b / a, t) : a + t * (b - a);
}

}  // namespace

std::vector<CurveValue> read_out(const Panel& panel, double x) {
  std::vector<CurveValue> out;
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark))
      if (const double y = value_at(*line, panel.y.scale, x); std::isfinite(y))
        out.push_back({line->read_as.empty() ? line->series : line->read_as, y});
  return out;
}

}  // namespace iem
