#include "core/labs/kit/phases/pulls.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace iem {
namespace {

constexpr std::size_t kMostPulls = 400, kFewestPulls = 12;  // more could not be told apart
constexpr Eigen::Index kMostLooked = 20'000;  // points, evenly spaced, among which the strongest are found
constexpr double kWeakest = 0.01;             // weight below which a pull cannot be seen

}  // namespace

void add_pulls(Panel& panel, const Eigen::MatrixXd& points, const Eigen::MatrixXd& weights,
               const PullsOf& of) {
  const Eigen::Index j = of.component, stride = (weights.rows() + kMostLooked - 1) / kMostLooked;
  std::vector<Eigen::Index> strongest;
  for (Eigen::Index i = 0; i < weights.rows(); i += stride)
    if (std::abs(weights(i, j)) > kWeakest) strongest.push_back(i);
  const std::size_t most = std::max(kMostPulls / std::max<std::size_t>(of.shown, 1), kFewestPulls);
  if (strongest.size() > most) {
    const auto end = strongest.begin() + static_cast<std::ptrdiff_t>(most);
    std::nth_element(strongest.begin(), end, strongest.end(), [&](Eigen::Index a, Eigen::Index b) {
      return std::abs(weights(a, j)) > std::abs(weights(b, j));
    });
    strongest.erase(end, strongest.end());
  }
  for (const Eigen::Index i : strongest) {
    const double weight = weights(i, j), share = std::min(std::abs(weight), 1.0);
    const Eigen::Vector2d from = of.foot ? of.foot(i) : of.place;
    const double length = of.grown * (of.foot ? 1 : weight);
    Arrow pull{"pull of points",
               from[0],
               from[1],
               from[0] + length * (points(i, 0) - from[0]),
               from[1] + length * (points(i, 1) - from[1]),
               {Role::line, of.component, 0.12 + 0.25 * share}};
    pull.width_px = 0.4 + 1.4 * share;
    pull.head_length_px = pull.head_width_px = 0;
    pull.halo = false;
    panel.marks.push_back(pull);
  }
}

}  // namespace iem
