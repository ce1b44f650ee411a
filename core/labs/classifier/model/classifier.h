// The classifier (math.md section 6): the gradient by each energy is the responsibility with the evidence
// minus the one without it. A label y is evidence e_j(y) for class j, and a point's part of N J is
//   J_i = -tau log sum_j e_j(y_i) exp(-d_ij/tau) + kappa tau log sum_k exp(-d_ik/tau),
//   N dJ/dd_ij = r*_ij - kappa r_ij,
// r* clamped by the label, r free of it. Without a label J_i = -lambda tau log sum_j exp(-d_ij/tau).
//
// Energies: linear, d_j = -(w_j . x + b_j), theta = "W" K x 2 and "b" K; or those of prototypes
// (core/mixture/mixture.h), theta as there. Where the label noise is learned "confusion" follows, K x K:
// C_jy, the probability that a point of class j is labelled y, as logits, a row a class.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/labs/classifier/model/tally.h"
#include "core/mixture/mixture.h"
#include "core/model/model.h"

namespace iem {

// What is minimised: the sum above, or one sigmoid loss for each class, so that classes do not compete.
enum class ClassObjective : std::uint8_t { cross_entropy, sigmoid };
const std::vector<std::string>& class_objective_names();  // in the order of the enum

struct ClassifierOptions {
  int classes = 2;
  std::optional<MixtureOptions> prototypes;  // none: linear energies
  bool learn_w = true, learn_b = true;       // linear
  ClassObjective objective = ClassObjective::cross_entropy;
  double margin = 0;  // sigmoid
  Responsibility responsibility = Responsibility::softmax;
  double discriminative = 1;         // kappa
  double label_trust = 1;            // e_y(y); the rest is shared among the other classes
  bool learn_confusion = false;      // e_j(y) = C_jy is a block of theta that starts at label_trust
  bool confusion_moves = true;       // whether the confusion is learned: model.learn names it
  double unlabelled_weight = 1;      // lambda; linear energies leave points without a label out
  std::optional<double> background;  // the energy of one more hypothesis in every free sum
  bool compare_held_out = false;     // metrics: nll of the points held out
};

// The responsibilities and losses of one point. The spans belong to the caller and have K entries, `free` K
// or K + 1.
struct PointShares {
  std::span<double> free;     // r; without competition each class's own sigmoid
  std::span<double> clamped;  // r*; lambda r without a label
  std::span<double> pull;     // N dJ/dd_ij
  double loss = 0;            // the point's part of N J
  double with_label = 0;      // -tau log sum_j e_j exp(-d_j/tau)
  double without = 0;         // tau log sum_k exp(-d_k/tau)
};

class Classifier : public Model {
 public:
  explicit Classifier(ClassifierOptions options);

  // Columns of Evaluation::statistics: of prototypes those of kernel/pass.h with weights N dJ/dd_ij, linear
  // their sums with 1, x and y; then sum_i r_ij; then, with a confusion, sum_i r*_ij [y_i = y], a column a
  // label.
  enum LinearSum : int { kPull = 0, kPullX, kPullY, kLinearSums };
  void evaluate(const Theta& theta, double tau, const Dataset& data, std::span<const Eigen::Index> batch,
                Wanted wanted, ThreadPool& pool, Evaluation& out) const override;
  std::vector<std::string> metric_ids() const override;
  std::vector<NamedTensor> natural(const Theta& theta) const override;
  Theta from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const override;
  std::string responsibilities_unavailable() const override;
  Responsibility responsibility() const override { return options_.responsibility; }
  std::string em_unavailable() const override;
  bool em_needs_rows() const override { return prototypes_ && prototypes_->em_needs_rows(); }
  void em_step_into(const Theta& theta, const Dataset& data, const Evaluation& at_theta, double reg_covar,
                    Theta& next) const override;
  bool statistics_move() const override { return prototypes_ && prototypes_->statistics_move(); }
  void move_statistics(const Theta& from, const Theta& to,
                       Eigen::Ref<Eigen::MatrixXd> statistics) const override;
  void project(Theta& theta) const override;
  std::string bound_unavailable() const override;
  Theta bound_step(const Theta& theta, double tau, const Dataset& data,
                   const Evaluation& at_theta) const override;

  const ClassifierOptions& options() const { return options_; }
  int classes() const { return options_.classes; }
  bool is_linear() const { return !options_.prototypes; }
  const Mixture* prototypes() const { return prototypes_.get(); }  // null: linear, or on the line of experts
  bool competes() const { return options_.objective == ClassObjective::cross_entropy; }
  // Columns of the free responsibilities: K, or K + 1 with the background.
  int hypotheses() const { return options_.classes + (options_.background ? 1 : 0); }
  double kappa() const { return options_.discriminative; }
  // The lambda in effect: 0 where points without a label are left out.
  double unlabelled_weight() const { return is_linear() ? 0 : options_.unlabelled_weight; }
  // e_j(y).
  double evidence(const Theta& theta, int j, int label) const;
  virtual int free_column() const;  // of statistics: sum_i r_ij
  // Entries of theta before the confusion.
  Eigen::Index energy_size() const { return confusion() ? confusion()->offset : layout_.size(); }
  const Block* confusion() const { return options_.learn_confusion ? &layout_.blocks().back() : nullptr; }

  // The energies of points under one theta, the background's behind them.
  class Energies {
   public:
    Energies(const Classifier& model, const Theta& theta);
    void at(double x, double y, std::span<double> d) const;  // hypotheses() of them
    // log e_j(label), one number for each class; empty where the label is fully trusted.
    std::span<const double> log_evidence(int label) const;

   private:
    const Classifier& model_;
    std::vector<kernel::Component> components_;  // of prototypes
    const double* w_ = nullptr;                  // K x 2
    const double* b_ = nullptr;
    std::vector<double> log_evidence_;  // a label after the other
  };

  // Computes the shares of one point from `d` as Energies::at gives them; a label of -1 means none. With
  // `hard`, r and r* are replaced by the one-hot argmin.
  void weigh(const Energies& energies, std::span<const double> d, int label, double tau, bool hard,
             PointShares& out) const;

  // One point in full.
  struct PointRow {
    std::vector<double> d, free, clamped, pull;
    double loss = 0, with_label = 0, without = 0;  // as PointShares
    std::vector<double> evidence = {};             // -tau log e_h(y) of experts; empty: the label's
  };
  virtual PointRow row(const Theta& theta, double tau, double x, double y, int label) const;

  // What is counted of points with labels, for metrics and figures.
  Tally tally(const Theta& theta, double tau, const Dataset& data) const;

  // The two terms of a linear energy, d_j = -(w.x + b).
  struct LinearTerms {
    double along = 0, bias = 0;
  };
  LinearTerms linear_terms(const Theta& theta, int j, double x, double y) const;

  // Responsibilities over the plane, for fields. Linear energies are drawn as gaussians of one shape, which
  // have the same responsibilities: d_j + |x - c|^2/(2 s^2) with a centre c and a length s from the data.
  FieldInput field(const Theta& theta, double tau, FieldKind kind, const Dataset& data) const;

 protected:
  void mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const override;
  void mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const override;
  // For derived classes with energies of another kind, which fill the layout themselves.
  struct OtherEnergies {};
  Classifier(ClassifierOptions options, OtherEnergies) : options_(std::move(options)) {}

 private:
  struct Piece;
  void run_piece(const Energies& energies, const Theta& theta, double tau, const Dataset& data,
                 std::span<const Eigen::Index> points, bool hard, Piece& piece, Evaluation* rows) const;
  void gradient(const Theta& theta, double n, double tau, Evaluation& out) const;
  // The part of theta before the confusion, on which the energies depend.
  Theta energy_part(const Theta& theta) const;
  // Theta with this part, followed by C = (1 - lambda) C_a + lambda C_b.
  Theta with_confusion(const Theta& energies, const Theta& a, const Theta& b, double lambda) const;
  void weigh_sigmoids(std::span<const double> d, int label, PointShares& out) const;

  ClassifierOptions options_;
  std::shared_ptr<const Mixture> prototypes_;
};

}  // namespace iem
