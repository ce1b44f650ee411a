// What the layer lab's symbols are worth, from the definitions (docs/math.md section 9) and apart from the
// program's own code.
#pragma once

#include <Eigen/Core>

#include "core/run/snapshot.h"
#include "tests/support/tex_formula.h"

namespace iem::testing {

class LayerTruth {
 public:
  explicit LayerTruth(const Snapshot& snapshot);

  int units() const { return static_cast<int>(now_.w.rows()); }
  double loss() const { return loss_of(distances(now_), now_); }
  // By the names that formulas use; `point` and `unit` are bound to "i" and "j". This must outlive them.
  TexSymbols symbols(int point, int unit) const;

 private:
  struct Lines {
    Eigen::MatrixXd w, w2;
    Eigen::VectorXd b, b2;
  };
  Lines lines_of(const Theta& theta) const;
  double distance(double z) const;
  Eigen::MatrixXd coordinates(const Lines& lines) const;  // N x K
  Eigen::MatrixXd distances(const Lines& lines) const;
  double log_sum(const Eigen::VectorXd& d) const;  // L_i
  Eigen::VectorXd shares(const Eigen::VectorXd& d) const;
  Eigen::VectorXd read_out(const Eigen::VectorXd& d, const Lines& lines) const;  // p
  Eigen::VectorXd calibrated(const Eigen::VectorXd& d) const;                    // t
  double variance(const Eigen::MatrixXd& d, int unit) const;                     // V_j
  Eigen::MatrixXd correlations(const Eigen::MatrixXd& d) const;
  double cross_entropy(const Eigen::MatrixXd& d, const Lines& lines) const;
  double loss_of(const Eigen::MatrixXd& d, const Lines& lines) const;
  double pull(int point, int unit) const;    // dJ/dd_ij
  Eigen::VectorXd gradient(int unit) const;  // dJ/dw_j
  void add_lines(TexSymbols& out) const;
  void add_shares(TexSymbols& out) const;
  void add_terms(TexSymbols& out) const;

  const Snapshot& snapshot_;
  std::string distance_;
  double tau_ = 1;
  bool calibrates_ = false;
  Eigen::MatrixXd points_;
  Lines now_, next_;
};

}  // namespace iem::testing
