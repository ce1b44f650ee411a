// A linear layer as distances (math.md section 9). Unit j measures how far a point is from a line, in a unit
// of its own: z_ij = w_j . x_i + b_j is zero on the line and 1 at a distance of 1/|w_j|; d_ij = phi(z_ij).
//
//   J = lse J_lse + variance J_var + decorrelation J_dec + orthogonality J_orth + readout J_ce, where
//   J_lse = -(1/N) sum_i tau log sum_j exp(-d_ij/tau),     dJ_lse/dd_ij = r_ij / N,
//   J_var = -sum_j log(V_j + 1e-6),                        V_j the variance of d_j over the points (1/(N-1)),
//   J_dec = sum_{j != k} R_jk^2,                           R their correlations,
//   J_orth = |N N^T - I|_F^2,                              the rows of N being w_j / (|w_j| + 1e-8),
//   J_ce = mean cross-entropy of softmax(W_2 t + b_2),     t = d, or calibrated: exp(-t_j/tau) = r_j.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/energy/line_distance.h"
#include "core/model/model.h"

namespace iem {

struct LayerOptions {
  Eigen::Index units = 1, inputs = 2;
  LineDistance distance = LineDistance::abs;
  double lse_weight = 1, variance_weight = 0, decorrelation_weight = 0, orthogonality_weight = 0;
  Eigen::Index classes = 0;  // of the read-out; 0: there is none
  bool calibrate = true;
  double readout_weight = 0;
  std::set<std::string> learn;  // names of blocks: W, b, W_2, b_2
  bool has_readout() const { return classes > 0; }
};

// Where metrics lie (Layer::metric_ids). Terms are given without their weights; a term that is not part of J
// is NaN, except the first three, which every layer has.
enum LayerMetric : int {
  kDeadUnits,
  kRedundancy,
  kShareEntropy,
  kLeastUsage,
  kReadoutAccuracy,
  kLseTerm,
  kVarianceTerm,
  kDecorrelationTerm,
  kOrthogonalityTerm,
  kReadoutTerm,
  kLayerMetrics
};

// Columns of Evaluation::statistics, a row a unit: N_j, mean and variance of d_j, then its correlation with
// every unit.
enum LayerStatistic : int { kUnitUsage, kUnitMean, kUnitVariance, kCorrelations };

inline constexpr double kDeadBelow = 0.01;  // a unit whose variance is less is dead

class Layer : public Model {
 public:
  explicit Layer(LayerOptions options);

  const LayerOptions& options() const { return options_; }
  Eigen::Index units() const { return options_.units; }
  Eigen::Index inputs() const { return options_.inputs; }

  // Points with the label -1 count in every term except that of the read-out, which is a mean over the
  // labelled points.
  void evaluate(const Theta& theta, double tau, const Dataset& data, std::span<const Eigen::Index> batch,
                Wanted wanted, ThreadPool& pool, Evaluation& out) const override;
  std::vector<std::string> metric_ids() const override;

  // b and b_2 are lists. from_natural also takes the lines themselves as "units", K x (D + 1): w, then b.
  std::vector<NamedTensor> natural(const Theta& theta) const override;
  Theta from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const override;

  std::string em_unavailable() const override {
    return "A line has no M-step: no weighted mean of points is the line that is nearest to them; use "
           "gradient "
           "descent (gd) or adam.";
  }

  // K x D and K; C x K and C.
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::Map<const RowMajor> weights(const Theta& theta) const { return matrix(theta, "W"); }
  Eigen::Map<const Eigen::VectorXd> offsets(const Theta& theta) const { return list(theta, "b"); }
  Eigen::Map<const RowMajor> readout(const Theta& theta) const { return matrix(theta, "W_2"); }
  Eigen::Map<const Eigen::VectorXd> readout_offsets(const Theta& theta) const { return list(theta, "b_2"); }
  // z = w_j . x + b_j of one point (a row of D numbers), for every unit.
  Eigen::VectorXd coordinates(const Theta& theta, const Eigen::RowVectorXd& point) const;

 private:
  std::pair<Tensor, Tensor> taken_apart(const Tensor& units) const;  // into W and b

  Eigen::Map<const RowMajor> matrix(const Theta& theta, const char* name) const {
    const Block& block = layout_.block(name);
    return {theta.data() + block.offset, block.rows, block.columns};
  }
  Eigen::Map<const Eigen::VectorXd> list(const Theta& theta, const char* name) const {
    const Block& block = layout_.block(name);
    return {theta.data() + block.offset, block.rows};
  }

  LayerOptions options_;
};

}  // namespace iem
