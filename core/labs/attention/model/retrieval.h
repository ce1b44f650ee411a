// Retrieval: q <- sum_j alpha_j k_j again and again. With c = 1 / (tau sqrt(d_k)) it never raises the energy
//
//   E(q) = |q|^2 / 2 - (1/c) log sum_j exp(c q.k_j),
//
// whose gradient is q - sum_j alpha_j k_j. A pass is EM's two halves on
//
//   F(alpha, q) = |q|^2 / 2 - alpha . K q + (1/c) sum_j alpha_j log alpha_j:
//
// computing alpha is the E-step, after which F is E(q); q <- K^T alpha is the M-step.
//
// This is the update of a modern Hopfield network whose patterns are the keys (Ramsauer et al. 2021): a
// pattern that is well separated from the others is found in one pass, patterns that are close share a fixed
// point between them.
#pragma once

#include <Eigen/Core>

namespace iem {

double retrieval_energy(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c);
// The queries of `steps` passes, the first row where it starts.
Eigen::MatrixXd retrieval_orbit(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c,
                                int steps);

// A query as the state of a Hopfield network: which key it is nearest to, and whether one pass retrieves that
// key.
struct HopfieldReading {
  int nearest = 0;
  double separation = 0;   // k_i.k_i - max_{j != i} k_i.k_j; infinite with a single key
  double one_pass = 0;     // distance from k_i after one pass
  double bound = 0;        // 2 (N - 1) M exp(-c (separation - 2 M max(|q - k_i|, |q* - k_i|))), M = max |k|
  double at_rest = 0;      // distance from k_i at the fixed point q*
  double contraction = 0;  // spectral radius of the update's Jacobian at q*; below 1: q* is stable
  int shares = 0;          // keys with a tenth of the attention or more at q*: several are a metastable state
};
HopfieldReading hopfield_reading(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c);

// d(v.q*)/dk_j for every key, a row each, by one solve at the fixed point q* (implicit function theorem):
// with (1 - J^T) w = v, J = c K^T (diag alpha - alpha alpha^T) K,
//   alpha_j w + c alpha_j (w.(k_j - q*)) q*.
Eigen::MatrixXd implicit_key_gradient(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& rest, double c,
                                      const Eigen::RowVectorXd& v);
// The same by automatic differentiation through `passes` passes that start at `query`.
Eigen::MatrixXd unrolled_key_gradient(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c,
                                      const Eigen::RowVectorXd& v, int passes);

}  // namespace iem
