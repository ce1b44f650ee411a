// What the symbols of the mixture lab's formulas are on a state, computed a second time from its means,
// covariances and weights: energies from reference_kernel, responsibilities from their definition, gradients
// by central differences of J.
#pragma once

#include "core/run/snapshot.h"
#include "tests/core/support.h"
#include "tests/core/tex_evaluator.h"

namespace iem::testing {

class MixtureReference {
 public:
  explicit MixtureReference(const Snapshot& snapshot);

  // Tells it every symbol, x and i at this point; this and the snapshot must outlive its use.
  void equip(TexEvaluator& e, int point = 0) const;

  double energy(int i, int j) const { return energy_at(points_.row(i), mu_.row(j), j); }
  const Eigen::MatrixXd& shares() const { return r_; }
  double loss() const { return loss_of(mu_); }
  Eigen::Vector2d mean_gradient(int j) const;           // dJ/dmu_j
  Eigen::Vector2d energy_gradient(int i, int j) const;  // dd_ij/dmu_j
  double weight(int i, int j) const;                    // k'(rho)/rho
  double soft_minimum(int i) const;                     // -L_i
  double partition(int i) const;                        // Z, over its largest term where it would overflow
  static double regulariser(const std::string& rule, const Eigen::VectorXd& p);

 private:
  using Value = TexEvaluator::Value;
  std::optional<Value> symbol(const TexSymbol& symbol, const std::vector<int>& at,
                              const TexEvaluator& e) const;
  std::optional<Value> of_component(const std::string& name, int i, int j) const;
  std::optional<Value> of_point(const std::string& name, int i, const TexEvaluator& e) const;
  std::optional<Value> of_run(const std::string& name) const;
  double energy_at(const Eigen::RowVector2d& x, const Eigen::RowVector2d& mu, int j) const;
  Eigen::VectorXd energies_at(int i, const Eigen::MatrixXd& mu) const;
  double kernel(double u0, double u1) const;
  double kernel_slope(double rho) const;
  double constant() const;
  double step() const;
  double loss_of(const Eigen::MatrixXd& mu) const;
  Eigen::VectorXd responsibilities(const Eigen::VectorXd& d) const;
  double value_of(const Eigen::VectorXd& d) const;  // -L, or a point's part of N J

  const Snapshot& snapshot_;
  const Mixture& model_;
  std::string objective_, rule_;
  double tau_ = 1;
  Eigen::MatrixXd points_, mu_, r_, em_mu_, next_mu_;
  Eigen::VectorXd pi_, em_pi_, next_pi_;
  std::vector<Eigen::Matrix2d> sigma_, w_;
};

}  // namespace iem::testing
