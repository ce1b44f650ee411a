// What the classifier lab's symbols are worth, from the definitions (docs/math.md section 6) and apart from
// the program's own code: for a test that holds every formula of the lab against the number shown with it.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "core/run/snapshot.h"
#include "tests/support/tex_formula.h"

namespace iem {
class Classifier;
}

namespace iem::testing {

class ClassifierTruth {
 public:
  explicit ClassifierTruth(const Snapshot& snapshot);

  int classes() const { return static_cast<int>(next_place_.rows()); }
  int label(int i) const { return labels_[static_cast<std::size_t>(i)]; }
  // Energies of a place, the background's behind them.
  Eigen::VectorXd energies(const Eigen::Vector2d& x) const;
  Eigen::VectorXd energies(int i) const { return energies(points_.row(i).transpose()); }
  Eigen::VectorXd free(const Eigen::VectorXd& d) const;                // r
  Eigen::VectorXd clamped(const Eigen::VectorXd& d, int label) const;  // r*
  double log_sum(const Eigen::VectorXd& d) const;                      // L, or that of Omega
  double point_loss(const Eigen::VectorXd& d, int label) const;        // J_i
  double pull(int i, int j) const;                                     // dJ_i/dd_j, by central differences
  double loss() const;                                                 // J

  // By the names that formulas use; `point` and `j` are bound to "i" and "j". This must outlive them.
  TexSymbols symbols(int point, int j) const;

 private:
  double log_evidence_sum(const Eigen::VectorXd& d, int label) const;  // L*
  double evidence(int j, int label) const;
  Eigen::VectorXd gradient_of_place(int j) const;  // dJ/dw_j or dJ/dmu_j
  double gradient_of_offset(int j) const;          // dJ/db_j
  void add_energies(TexSymbols& out) const;
  void add_phases(TexSymbols& out) const;
  void add_steps(TexSymbols& out) const;
  void add_sums(TexSymbols& out) const;

  struct Kind {
    Eigen::MatrixXd place;  // W, or means: a row a class
    Eigen::VectorXd offset, weight;
    std::vector<Eigen::Matrix2d> sigma;
  };
  Kind kind_of(const Theta& theta) const;
  double energy(const Kind& kind, int j, const Eigen::Vector2d& x) const;
  double loss_of(const Kind& kind) const;

  const Snapshot& snapshot_;
  bool linear_ = false, sigmoids_ = false, doubts_ = false;
  std::string rule_;
  double tau_ = 1, kappa_ = 1, lambda_ = 1, margin_ = 0;
  Eigen::MatrixXd points_, next_place_, confusion_;
  std::vector<int> labels_;
  Kind now_;
};

}  // namespace iem::testing
