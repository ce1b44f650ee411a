// Hypotheses that learn (math.md section 4): J = -(1/N) sum_i tau log sum_h exp(-d_h(z_i)/tau) over points
// z_i on the line, d_h = kernel((z - mu_h)/scale_h) + log scale_h + constant - log prior_h, scale_h = scale
// times a width that is not learned. The second and the third term are there with the volume term only.
// Kernels without a density, and gates, have no J: their evaluation has none.
//
// Theta: signs (m, log scale, logit of the prior of +1); prototypes "positions" K, "scale" as its logarithm,
// "prior" as K logits; gates have none. Hypothesis 0 of the signs is -1.
#pragma once

#include "core/labs/activation/model/hypotheses.h"
#include "core/model/model.h"

namespace iem {

// Natural parameters: m or positions; scale; the prior of +1 or of each prototype.
struct LineNatural {
  std::vector<double> places;
  double scale = 1;
  std::vector<double> prior;
};

struct LineOptions {
  HypothesisKind kind = HypothesisKind::sign;
  int count = 2;
  const LineKernel* kernel = nullptr;  // null: a logistic gate
  std::vector<double> shape;
  // For prototypes: widths relative to the scale, and values g. Prototypes beyond the end of these lists have
  // the width 1 and their place as value.
  std::vector<double> widths, values;
  bool volume_term = true;
  bool learn_places = true, learn_scale = true, learn_prior = true;
  LineNatural start;  // where a run begins
};

class LineModel : public Model {
 public:
  explicit LineModel(LineOptions options);

  // Statistics, one row a hypothesis, about its mu: N_h, sum r w, sum r w (z - mu), sum r w (z - mu)^2, where
  // w = kernel'(u)/u. (Laplace: N_h, 0, scale sum r kernel'(u), scale^2 sum r kernel'(u) u.)
  enum Column : Eigen::Index { kN, kW, kS1, kS2, kColumns };

  void evaluate(const Theta& theta, double tau, const Dataset& data, std::span<const Eigen::Index> batch,
                Wanted wanted, ThreadPool& pool, Evaluation& out) const override;
  std::vector<std::string> metric_ids() const override;
  std::vector<NamedTensor> natural(const Theta& theta) const override;
  Theta from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const override;
  std::string em_unavailable() const override;
  bool em_needs_rows() const override { return learns() && options_.kernel->em == MStep::medians; }
  void em_step_into(const Theta& theta, const Dataset& data, const Evaluation& at_theta, double reg_covar,
                    Theta& next) const override;
  bool statistics_move() const override { return learns() && !em_needs_rows(); }
  void move_statistics(const Theta& from, const Theta& to,
                       Eigen::Ref<Eigen::MatrixXd> statistics) const override;
  void project(Theta&) const override {}

  const LineOptions& options() const { return options_; }
  bool learns() const;  // there is a density, and so an objective

  Hypotheses hypotheses(const Theta& theta, double tau) const;

  LineNatural unpack(const Theta& theta) const;
  Theta pack(const LineNatural& natural) const;  // prior is normalised

 protected:
  void mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const override;
  void mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const override;

 private:
  bool is_sign() const { return options_.kind == HypothesisKind::sign; }
  void gradient(const Hypotheses& h, const Eigen::MatrixXd& sums, double n, Theta& out) const;
  void median_places(const Dataset& data, const Eigen::MatrixXd& r, LineNatural& natural) const;
  double spread(const Hypotheses& h, const Evaluation& e, const LineNatural& next) const;

  LineOptions options_;
};

}  // namespace iem
