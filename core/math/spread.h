// The standard deviation of numbers of any size.
#pragma once

#include <Eigen/Core>
#include <cmath>

namespace iem {

// The root of the mean squared deviation from the mean (over N, not N - 1); 0 for no numbers. Computed
// relative to the largest magnitude, since the squares of huge numbers overflow.
inline double spread(const Eigen::Ref<const Eigen::VectorXd>& values) {
  const double size = values.size() > 0 ? values.cwiseAbs().maxCoeff() : 0;
  if (!(size > 0)) return 0;
  const Eigen::ArrayXd scaled = values.array() / size;
  return std::sqrt((scaled - scaled.mean()).square().mean()) * size;
}

// The same as a unit of length along an axis: 1 where all values are alike, or not all are finite.
inline double spread_or_one(const Eigen::Ref<const Eigen::VectorXd>& values) {
  const double deviation = spread(values);
  return deviation > 0 && std::isfinite(deviation) ? deviation : 1;
}

}  // namespace iem
