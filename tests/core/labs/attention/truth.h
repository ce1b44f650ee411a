// What the attention lab's symbols are worth, from the definitions (math.md section 5) and apart from the
// program's own code: for a test that holds every formula of the lab against the number shown with it.
#pragma once

#include <Eigen/Core>

#include "core/run/snapshot.h"
#include "tests/support/tex_formula.h"

namespace iem::testing {

class AttentionTruth {
 public:
  explicit AttentionTruth(const Snapshot& snapshot) : AttentionTruth(snapshot, snapshot.state.theta) {}
  AttentionTruth(const Snapshot& snapshot, const Theta& theta);

  Eigen::Index queries() const { return q_.rows(); }
  Eigen::Index keys() const { return k_.rows(); }
  Eigen::Index visible(Eigen::Index query) const { return causal_ ? query + 1 : keys(); }
  double scale() const { return std::sqrt(static_cast<double>(q_.cols())); }  // root of d_k

  const Eigen::MatrixXd& q() const { return q_; }
  const Eigen::MatrixXd& k() const { return k_; }
  const Eigen::MatrixXd& v() const { return v_; }
  const Eigen::MatrixXd& scores() const { return s_; }

  // J as if scores and values were free: what the two laws are about.
  double loss(const Eigen::MatrixXd& scores, const Eigen::MatrixXd& values) const;
  double loss() const { return loss(s_, v_); }
  Eigen::VectorXd attention(const Eigen::MatrixXd& scores, Eigen::Index query) const;
  double score_slope(Eigen::Index query, Eigen::Index key) const;  // by central differences
  Eigen::VectorXd value_slope(Eigen::Index key) const;

  // By the names that formulas use; `query` and `key` are bound to "i" and "j".
  TexSymbols symbols(Eigen::Index query, Eigen::Index key) const;

 private:
  Eigen::VectorXd prediction(const Eigen::VectorXd& output) const;
  double loss_of(Eigen::Index query, const Eigen::VectorXd& output) const;
  Eigen::VectorXd error(Eigen::Index query) const;
  void add_vectors(TexSymbols& out) const;
  void add_laws(TexSymbols& out) const;
  void add_loss(TexSymbols& out) const;

  const Snapshot& snapshot_;
  bool regression_ = false, causal_ = false;
  double tau_ = 1;
  Eigen::MatrixXd q_, k_, v_, readout_, s_;
};

}  // namespace iem::testing
