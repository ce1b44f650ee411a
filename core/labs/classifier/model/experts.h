// A mixture of experts (math.md section 6; Jacobs, Jordan, Nowlan & Hinton 1991): points (x, y), a gate that
// distributes points by x alone, and experts that predict y by a line each. y is evidence p(y | x, h) for
// expert h, as a label is for a class:
//   d_h(x) the gate's energies,
//   c_h = -log p(y | x, h) = log(2 pi s_h^2)/2 + (y - alpha_h x - beta_h)^2 / (2 s_h^2),
//   J_i = -tau log sum_h exp(-(d_h + c_h)/tau) + kappa tau log sum_h exp(-d_h/tau),
//   N dJ/dd_ih = r*_ih - kappa r_ih,   N dJ/dc_ih = r*_ih,
//   r* ~ exp(-(d + c)/tau),   r ~ exp(-d/tau).
//
// Theta: a linear gate d_h = -(w_h x + b_h) has "W" H x 1 and "b" H; prototypes on the line "means" H x 1,
// "covariances" as log of a deviation, H (tied: 1), and "weights" as logits, H. Then "slopes" H,
// "intercepts" H and "noise_variances" as log of the deviation s_h, H.
#pragma once

#include "core/labs/classifier/model/classifier.h"
#include "core/math/dual.h"
#include "core/run/snapshot.h"

namespace iem {

struct Snapshot;

struct ExpertsOptions {
  int experts = 2;
  bool linear_gate = true;
  // For a gate of prototypes:
  const EnergyType* energy = nullptr;
  std::vector<double> shape;
  CovarianceKind covariance = CovarianceKind::full;  // on the line: fixed, tied, or one for each
  bool volume_term = true;
  double discriminative = 1;  // kappa; 1 with a linear gate
  double sigma_floor = 0;     // the least deviation of prototypes and of the noise
  bool compare_held_out = false;
  std::vector<std::string> learned;  // names of blocks
};

// One expert and its share of the gate in the units of users.
struct Expert {
  double w = 0, b = 0;                         // linear gate
  double mean = 0, variance = 1, weight = 1;   // gate of prototypes
  double slope = 0, intercept = 0, noise = 1;  // the line, and the variance about it
};

class Experts : public Classifier {
 public:
  explicit Experts(ExpertsOptions options);

  // Columns of Evaluation::statistics, a row an expert, with z = x less the mean of the data, e = y - alpha x
  // - beta, g = r* - kappa r and of prototypes u = (x - mu)/s, w = kernel'(u)/u. Linear gates have the sums
  // of g and g x in the first two columns, prototypes those of g, g w, g w u and g w u^2.
  enum Sum : int {
    kPull,
    kPullX,
    kPullW = kPullX,
    kPullU,
    kPullUU,
    kR,
    kRz,
    kRzz,
    kRe,
    kRez,
    kRee,
    kFree,
    kTau,  // tau, on which the M-step of a linear gate depends
    kExpertSums
  };

  void evaluate(const Theta& theta, double tau, const Dataset& data, std::span<const Eigen::Index> batch,
                Wanted wanted, ThreadPool& pool, Evaluation& out) const override;
  std::vector<std::string> metric_ids() const override;
  std::vector<NamedTensor> natural(const Theta& theta) const override;
  Theta from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const override;
  // Weighted least squares for the lines. A gate of prototypes at kappa = 0 has an M-step too; a linear gate
  // goes to the minimum of Boehning's bound, which never raises J (generalised EM).
  std::string em_unavailable() const override;
  bool em_needs_rows() const override { return false; }
  void em_step_into(const Theta& theta, const Dataset& data, const Evaluation& at_theta, double reg_covar,
                    Theta& next) const override;
  bool statistics_move() const override { return false; }
  void project(Theta& theta) const override;
  std::string bound_unavailable() const override;

  const ExpertsOptions& gate() const { return own_; }
  int free_column() const override { return kFree; }
  std::vector<Expert> unpack(const Theta& theta) const;
  Theta pack(const std::vector<Expert>& experts) const;  // weights are normalised

  // `label` counts for nothing; PointRow::evidence holds c_h.
  PointRow row(const Theta& theta, double tau, double x, double y, int label) const override;

  // The terms of d_h(x): slope and offset of a linear gate; kernel, volume and the rest of a prototype.
  struct GateTerms {
    std::vector<double> terms;
    double sum = 0;
  };
  GateTerms gate_terms(const Theta& theta, int h, double x) const;

  // J of `data` with its derivative along one entry of theta, straight from the definition.
  Dual dual_objective(const Theta& theta, Eigen::Index direction, double tau, const Dataset& data) const;

 protected:
  void mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const override {
    mix_into(a, b, eta, out);
  }
  void mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const override;

 private:
  struct Lines;
  struct Piece;
  void weigh_point(const Lines& lines, double x, double y, double tau, bool hard, PointRow& out) const;
  void run_piece(const Lines& lines, double tau, const Dataset& data, std::span<const Eigen::Index> points,
                 bool hard, Piece& piece, Evaluation* rows) const;
  void gradient(const Lines& lines, double n, double middle, Evaluation& out) const;
  void move_lines(const Theta& theta, double middle, const Eigen::MatrixXd& sums, double reg_covar,
                  Theta& next) const;
  void move_linear_gate(const Dataset& data, const Evaluation& at_theta, Theta& next) const;
  void move_prototypes(const Theta& theta, const Eigen::MatrixXd& sums, double reg_covar, Theta& next) const;
  bool tied() const { return own_.covariance == CovarianceKind::tied; }
  bool learns(const char* block) const { return layout_.block(block).learned; }
  Eigen::Index at(const char* block, int h) const;  // in theta

  ExpertsOptions own_;
};

// The model of a snapshot as a mixture of experts; null where it is a classifier of classes.
const Experts* experts_of(const Snapshot& snapshot);

}  // namespace iem
