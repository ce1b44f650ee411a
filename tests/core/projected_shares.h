// Sparse responsibilities a second time.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace iem::testing {

// p = [z - t]_+^power with t such that they sum to 1: sparsemax (power 1) and entmax-1.5 (power 2), by
// halving.
inline Eigen::VectorXd projected_shares(const Eigen::VectorXd& z, double power) {
  const auto p = [&](double t) {
    return z.unaryExpr([&](double v) { return std::pow(std::max(v - t, 0.0), power); }).eval();
  };
  double lo = z.maxCoeff() - 1, hi = z.maxCoeff();
  for (int i = 0; i < 200; ++i) {
    const double mid = 0.5 * (lo + hi);
    (p(mid).sum() > 1 ? lo : hi) = mid;
  }
  const Eigen::VectorXd out = p(lo);
  return out / out.sum();
}

}  // namespace iem::testing
