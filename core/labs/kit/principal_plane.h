// Rows of any width on the two directions in which they vary most.
#pragma once

#include <Eigen/Core>

namespace iem {

struct Plane {
  Eigen::MatrixXd at;          // rows x 2
  double share = 1;            // of the variance
  Eigen::RowVectorXd mean;     // of the rows
  Eigen::MatrixXd directions;  // width x 2
};

// Rows about their mean on the two directions of largest variance. A direction's sign is fixed by its largest
// entry.
Plane principal_plane(const Eigen::MatrixXd& rows);

}  // namespace iem
