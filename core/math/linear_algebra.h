// Decompositions of small dense matrices, compiled once: Eigen's templates for them cost seconds in every
// file that names them. For matrices that are not finite the results are not finite either.
#pragma once

#include <Eigen/Core>

namespace iem {

// Of a symmetric matrix (its lower half is read): eigenvalues ascending, eigenvectors as columns.
struct SymmetricEigen {
  Eigen::VectorXd values;
  Eigen::MatrixXd vectors;
};
SymmetricEigen symmetric_eigen(const Eigen::MatrixXd& a);
Eigen::VectorXd symmetric_eigenvalues(const Eigen::MatrixXd& a);

// Of any square matrix, in no order.
Eigen::VectorXcd eigenvalues(const Eigen::MatrixXd& a);

// Descending.
Eigen::VectorXd singular_values(const Eigen::MatrixXd& a);

// x of a x = b for a positive definite a (Cholesky), and for one that may be semidefinite (L D L^T).
Eigen::VectorXd solve_definite(const Eigen::MatrixXd& a, const Eigen::VectorXd& b);
Eigen::VectorXd solve_semidefinite(const Eigen::MatrixXd& a, const Eigen::VectorXd& b);

}  // namespace iem
