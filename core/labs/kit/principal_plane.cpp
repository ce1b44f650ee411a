#include "core/labs/kit/principal_plane.h"
#include "core/math/linear_algebra.h"

#include <algorithm>

namespace iem {

Plane principal_plane(const Eigen::MatrixXd& rows) {
  Plane out;
  out.mean = rows.colwise().mean();
  const Eigen::MatrixXd centred = rows.rowwise() - out.mean;
  const SymmetricEigen eigen = symmetric_eigen(centred.transpose() * centred);
  const Eigen::Index width = rows.cols();
  out.at.setZero(rows.rows(), 2);
  out.directions.setZero(width, 2);
  for (Eigen::Index c = 0; c < std::min<Eigen::Index>(2, width); ++c) {
    Eigen::VectorXd direction = eigen.vectors.col(width - 1 - c);
    Eigen::Index largest = 0;
    direction.cwiseAbs().maxCoeff(&largest);
    if (direction[largest] < 0) direction = -direction;
    out.directions.col(c) = direction;
    out.at.col(c) = centred * direction;
  }
  const double all = eigen.values.sum();
  if (all > 0) out.share = eigen.values.tail(std::min<Eigen::Index>(2, width)).sum() / all;
  return out;
}

}  // namespace iem
