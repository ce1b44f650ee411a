#include "core/labs/neighbours/kit/slope.h"

#include <cmath>
#include <limits>

#include "core/base/libm.h"

namespace iem {

double log_slope(const std::vector<double>& x, const std::vector<double>& y, double first, double last,
                 double floor) {
  std::vector<double> at, logs;
  for (std::size_t t = 0; t < x.size() && t < y.size(); ++t)
    if (x[t] >= first && x[t] <= last && y[t] > floor && std::isfinite(y[t]))
      at.push_back(x[t]), logs.push_back(libm::log(y[t]));
  if (at.size() < 3) return std::numeric_limits<double>::quiet_NaN();
  double mean_x = 0, mean_y = 0;
  for (std::size_t t = 0; t < at.size(); ++t) mean_x += at[t], mean_y += logs[t];
  mean_x /= static_cast<double>(at.size()), mean_y /= static_cast<double>(at.size());
  double both = 0, own = 0;
  for (std::size_t t = 0; t < at.size(); ++t) {
    both += (at[t] - mean_x) * (logs[t] - mean_y);
    own += (at[t] - mean_x) * (at[t] - mean_x);
  }
  return both / own;
}

}  // namespace iem
