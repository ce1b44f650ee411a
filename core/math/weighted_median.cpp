#include "core/math/weighted_median.h"

#include <algorithm>
#include <numeric>

#include "core/base/check.h"

namespace iem {

std::vector<Eigen::Index> sorted_order(const Column& x) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(x.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return x[a] < x[b]; });
  return order;
}

double weighted_median(const Column& x, const Column& weights, const std::vector<Eigen::Index>& order) {
  double total = 0;
  for (const Eigen::Index i : order) total += weights[i];
  IEM_CHECK(!(total <= 0));
  double below = 0;
  for (std::size_t at = 0; at < order.size(); ++at) {
    below += weights[order[at]];
    if (2 * below < total) continue;
    const double here = x[order[at]];
    if (2 * below > total) return here;
    // Exactly half of the weight lies at or below this point, so every m up to the next point with weight is
    // a minimum.
    while (++at < order.size())
      if (weights[order[at]] > 0) return here + (x[order[at]] - here) / 2;
    return here;
  }
  return x[order.back()];
}

}  // namespace iem
