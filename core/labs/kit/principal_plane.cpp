#include "core/labs/kit/principal_plane.h"

#include <Eigen/Eigenvalues>
#include <algorithm>

namespace iem {

Plane principal_plane(const Eigen::MatrixXd& rows) {
  Plane out;
  out.mean = rows.colwise().mean();
  const Eigen::MatrixXd centred = rows.rowwise() - out.mean;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(centred.transpose() * centred);
  const Eigen::Index width = rows.cols();
  out.at.setZero(rows.rows(), 2);
  out.directions.setZero(width, 2);
  for (Eigen::Index c = 0; c < std::min<Eigen::Index>(2, width); ++c) {
    Eigen::VectorXd direction = solver.eigenvectors().col(width - 1 - c);
    Eigen::Index largest = 0;
    direction.cwiseAbs().maxCoeff(&largest);
    if (direction[largest] < 0) direction = -direction;
    out.directions.col(c) = direction;
    out.at.col(c) = centred * direction;
  }
  const double all = solver.eigenvalues().sum();
  if (all > 0) out.share = solver.eigenvalues().tail(std::min<Eigen::Index>(2, width)).sum() / all;
  return out;
}

}  // namespace iem
