// The moments of the distances on which the other terms of J depend, variances and correlations, K x K
// numbers from one pass over the points; and these terms with their derivatives.
#pragma once

#include <Eigen/Core>

#include "core/labs/layer/model/layer.h"

namespace iem {

struct LayerMoments {
  double points = 0;               // N
  Eigen::VectorXd mean, variance;  // of d_j, the latter 1/(N-1); 0 of one point
  Eigen::MatrixXd correlation;     // R; 0 off the diagonal where a unit has no variance at all
  double variance_term = 0, redundancy = 0;
  int dead = 0;

  // From sums over points about a `centre`: sums = sum_i (d_ij - c_j), products = sum_i (d_ij - c_j)(d_ik -
  // c_k), of which the upper half is read.
  LayerMoments(double points, const Eigen::VectorXd& centre, const Eigen::VectorXd& sums,
               const Eigen::MatrixXd& products);

  // dJ/dd_ij of both terms is linear in the points' distances about their means:
  //   (d_ij - mean_j) diagonal_j + sum_{k != j} (d_ik - mean_k) between_kj.
  Eigen::VectorXd diagonal(double variance_weight, double decorrelation_weight) const;
  double between(Eigen::Index j, Eigen::Index k, double decorrelation_weight) const;

 private:
  Eigen::VectorXd spread_;  // sqrt(V_j) + 1e-8
};

// J_orth; adds `weight` times its derivative to `gradient` (K x D).
double orthogonality(const Eigen::Ref<const Layer::RowMajor>& weights, double weight,
                     Eigen::Ref<Layer::RowMajor> gradient);

}  // namespace iem
