// Sparse responsibilities a second time.
#pragma once

#include <Eigen/Core>

namespace iem::testing {

// p = [z - t]_+^power with t such that they sum to 1: sparsemax (power 1) and entmax-1.5 (power 2), by
// halving.
inline Eigen::VectorXd projected_shares(const Eigen::VectorXd& z, int power) {
  const auto p = [&](double t) -> Eigen::VectorXd {
    const Eigen::ArrayXd above = (z.array() - t).max(0.0);
    return power == 1 ? above : above.square();
  };
  double lo = z.maxCoeff() - 1, hi = z.maxCoeff();
  // Until no number lies between the two.
  for (double mid = 0.5 * (lo + hi); mid != lo && mid != hi; mid = 0.5 * (lo + hi))
    (p(mid).sum() > 1 ? lo : hi) = mid;
  const Eigen::VectorXd out = p(lo);
  return out / out.sum();
}

}  // namespace iem::testing
