#include "core/compare/band.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/math/deviation.h"

namespace iem {
namespace {

struct Spread {
  double middle, lower, upper;
};

Spread about_the_mean(const std::vector<double>& values) {
  const Deviation d = deviation_of(values);
  const double deviation = d.deviation.value_or(0);
  return {d.mean, d.mean - deviation, d.mean + deviation};
}

// Interpolates linearly between the two nearest of the sorted values, as numpy.quantile does by default.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Spread spread_of(std::vector<double> values, BandKind kind) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  if (values.empty()) return {none, none, none};
  if (kind == BandKind::deviation) return about_the_mean(values);
  std::ranges::sort(values);
  return {quantile(values, 0.5), quantile(values, 0.25), quantile(values, 0.75)};
}

}  // namespace

CurveBand band_of(const std::vector<DrawnCurve>& curves, BandKind kind, bool logarithmic) {
  CurveBand out;
  for (const DrawnCurve& curve : curves)
    out.steps.insert(out.steps.end(), curve.steps.begin(), curve.steps.end());
  std::ranges::sort(out.steps);
  out.steps.erase(std::unique(out.steps.begin(), out.steps.end()), out.steps.end());
  std::vector<std::size_t> next(curves.size());  // the first number after the step
  std::vector<double> values;
  for (const double step : out.steps) {
    values.clear();
    for (std::size_t c = 0; c < curves.size(); ++c) {
      const DrawnCurve& curve = curves[c];
      while (next[c] < curve.steps.size() && curve.steps[next[c]] <= step) ++next[c];
      const double y = next[c] > 0 ? curve.y[next[c] - 1] : std::numeric_limits<double>::quiet_NaN();
      const bool counts = std::isfinite(y) && !(logarithmic && y <= 0);
      if (counts) values.push_back(logarithmic ? libm::log10(y) : y);
      out.incomplete |= logarithmic && !counts && next[c] > 0;
    }
    const Spread spread = spread_of(values, kind);
    const auto back = [logarithmic](double v) { return logarithmic ? libm::pow(10, v) : v; };
    out.middle.push_back(back(spread.middle));
    out.lower.push_back(back(spread.lower));
    out.upper.push_back(back(spread.upper));
  }
  return out;
}

}  // namespace iem
