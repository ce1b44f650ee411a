// The standard deviation of numbers of any size.
#pragma once

#include <Eigen/Core>
#include <cmath>

namespace iem {

// About the mean, over N. Relative to the largest magnitude, since squares of huge numbers overflow; 0 for no
// numbers.
inline double spread(const Eigen::Ref<const Eigen::VectorXd>& values) {
  const double size = values.size() > 0 ? values.cwiseAbs().maxCoeff() : 0;
  if (!(size > 0)) return 0;
  const Eigen::ArrayXd scaled = values.array() / size;
  return std::sqrt((scaled - scaled.mean()).square().mean()) * size;
}

}  // namespace iem
