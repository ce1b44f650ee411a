// Projection of rows of any width onto their first two principal components.
#pragma once

#include <Eigen/Core>

namespace iem {

struct Plane {
  Eigen::MatrixXd at;          // rows x 2
  double share = 1;            // of the variance
  Eigen::RowVectorXd mean;     // of the rows
  Eigen::MatrixXd directions;  // width x 2
};

// Projects the centred rows onto the two directions of largest variance. The sign of a direction is fixed by
// its largest entry.
Plane principal_plane(const Eigen::MatrixXd& rows);

}  // namespace iem
