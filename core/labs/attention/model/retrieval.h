// Retrieval: q <- sum_j alpha_j k_j again and again. With c = 1 / (tau sqrt(d_k)) it never raises the energy
//
//   E(q) = |q|^2 / 2 - (1/c) log sum_j exp(c q.k_j),
//
// whose gradient is q - sum_j alpha_j k_j. A pass is EM's two halves on
//
//   F(alpha, q) = |q|^2 / 2 - alpha . K q + (1/c) sum_j alpha_j log alpha_j:
//
// computing alpha is the E-step, after which F is E(q); q <- K^T alpha is the M-step.
#pragma once

#include <Eigen/Core>

namespace iem {

double retrieval_energy(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c);
// The queries of `steps` passes, the first row where it starts.
Eigen::MatrixXd retrieval_orbit(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c,
                                int steps);

}  // namespace iem
