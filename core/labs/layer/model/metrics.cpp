#include "core/labs/layer/model/metrics.h"

#include <limits>

#include "core/labs/layer/model/layer.h"
#include "core/math/linear_algebra.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

const Layer& layer_in(const Run& run) { return static_cast<const Layer&>(*run.setup().model); }

// (sum of the singular values of W)^2 / sum of their squares: the number of directions in which the weights
// effectively vary.
double effective_rank(const Run& run) {
  const Eigen::MatrixXd w = layer_in(run).weights(run.state().theta);
  if (!w.allFinite() || w.isZero(0)) return std::numeric_limits<double>::quiet_NaN();
  const double size = w.cwiseAbs().maxCoeff();  // so that no square overflows
  const Eigen::VectorXd sigma = singular_values(w / size);
  return sigma.sum() * sigma.sum() / sigma.squaredNorm();
}

template <int column>
Tensor unit_statistic(const Run& run, std::span<const double>) {
  const Eigen::VectorXd values = run.evaluation().statistics.col(column);
  return {{values.size()}, {values.begin(), values.end()}};
}

Tensor unit_correlations(const Run& run, std::span<const double>) {
  const Eigen::MatrixXd& all = run.evaluation().statistics;
  return tensor_of(all.rightCols(all.rows()));
}

std::string layer_without_readout(const Run& run) {
  return layer_in(run).options().has_readout() ? "" : "There is no read-out.";
}

Metric of_the_readout(std::string id, std::string help) {
  Metric out = model_metric(std::move(id), std::move(help));
  out.unavailable = layer_without_readout;
  return out;
}

}  // namespace

const std::vector<Metric>& layer_metrics() {
  static const std::vector<Metric> all = share_metrics({
      model_metric("dead", "How many units' distances vary by less than 0.01 over the points."),
      model_metric("redundancy",
                   "The sum of the squared correlations of units' distances; nan while a unit is dead."),
      model_metric("entropy", "The mean entropy of the responsibilities, in nats.", "nats"),
      model_metric("usage_min", "The smallest N_j / N."),
      {.id = "effective_rank",
       .help = "The squared sum of W's singular values over the sum of their squares.",
       .in_tables = true,
       .value =
           [](const Run& run, std::span<const double>) {
             return Tensor{{}, {effective_rank(run)}};
           }},
      of_the_readout("accuracy", "The share of labelled points whose class the read-out gives."),
      model_metric("lse_term", "J_lse: minus the mean log-sum-exp of the distances.", "nats"),
      model_metric("variance_term", "J_var: minus the sum of the logarithms of the variances."),
      model_metric("decorrelation_term", "J_dec: the sum of the squared correlations, dead units or not."),
      model_metric("orthogonality_term",
                   "J_orth, where it counts: how far the normals are from right angles."),
      of_the_readout("readout_term", "J_ce: the mean cross-entropy of the read-out, in nats."),
      {.id = "variances",
       .help = "V_j: the variance of each unit's distances.",
       .value = unit_statistic<kUnitVariance>},
      {.id = "usage",
       .help = "N_j: the sum of each unit's responsibilities.",
       .value = unit_statistic<kUnitUsage>},
      {.id = "correlation",
       .help = "R: the correlations of units' distances, K x K.",
       .value = unit_correlations},
  });
  return all;
}

}  // namespace iem
