#include "core/labs/layer/model/checks.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/check/common.h"
#include "core/labs/layer/model/definition.h"

namespace iem {

using namespace check;

namespace {

const Layer& checked_layer(const Snapshot& snapshot) { return static_cast<const Layer&>(snapshot.model()); }

// Checks the run's own gradient where that is little work, else that of a sample of points, in some of its
// entries.
double layer_gradient(const Snapshot& snapshot) {
  constexpr Eigen::Index kWhole = 1024, kSample = 128, kEntries = 400;
  const Layer& model = checked_layer(snapshot);
  const Theta& theta = snapshot.state.theta;
  const bool whole = snapshot.data().size() <= kWhole && theta.size() <= 64;
  const Dataset data = thinned(snapshot.data(), whole ? kWhole : kSample);
  const Theta claimed =
      whole ? snapshot.evaluation.gradient : evaluate(model, theta, snapshot.temperature, data).gradient;
  const LayerDefinition definition(model, theta, snapshot.temperature, data);
  Theta some = Theta::Zero(theta.size()), computed = some;
  for (const Block& block : model.layout().blocks()) {
    const Eigen::Index stride = block.size() / kEntries + 1;
    for (Eigen::Index e = 0; block.learned && e < block.size(); e += stride) {
      some[block.offset + e] = claimed[block.offset + e];
      computed[block.offset + e] = definition.slope(block.offset + e);
    }
  }
  return gap(some, computed);
}

// exp(-t_j/tau) = r_j for t_j = d_j + tau log sum_k exp(-d_k/tau), in plain scalar steps from the distances.
double calibration_of_distances(const Snapshot& snapshot) {
  const Evaluation e = evaluate(checked_layer(snapshot), snapshot.state.theta, snapshot.temperature,
                                thinned(snapshot.data(), 1024));
  const double tau = snapshot.temperature;
  Eigen::MatrixXd computed = e.responsibilities;
  for (Eigen::Index i = 0; i < e.energies.rows(); ++i) {
    const double least = e.energies.row(i).minCoeff();
    double sum = 0;
    for (const double d : e.energies.row(i)) sum += libm::exp(-(d - least) / tau);
    for (Eigen::Index j = 0; j < e.energies.cols(); ++j) {
      const double t = (e.energies(i, j) - least) + tau * libm::log(sum);  // from the least distance
      computed(i, j) = libm::exp(-t / tau);
    }
  }
  return gap(e.responsibilities, computed);
}

// Where N dJ/dd = r can be checked: J must consist of the log-sum-exp term only.
std::string where_lse_is_alone(const Snapshot& snapshot) {
  const LayerOptions& o = checked_layer(snapshot).options();
  if (o.lse_weight == 1 && o.variance_weight == 0 && o.decorrelation_weight == 0 && o.readout_weight == 0)
    return "";
  return "J has other terms that pull on the distances";
}

double pull_is_responsibility(const Snapshot& snapshot) {
  const Evaluation e = evaluate(checked_layer(snapshot), snapshot.state.theta, snapshot.temperature,
                                thinned(snapshot.data(), 1024));
  return gap(e.pulls, e.responsibilities);
}

}  // namespace

const std::vector<IdentityCheck>& layer_checks() {
  static const std::vector<IdentityCheck> all = {
      {"lse_gradient", "dL_i/dd_ij = -r_ij", 1e-14, where_energies_can_step, lse_gradient,
       lse_gradient_words()},
      {"row_sums", "sum_j r_ij = 1", 1e-14, always, row_sums, row_sums_words()},
      {"layer_gradient",
       "dJ/dtheta of all terms in closed form",
       1e-8,
       always,
       layer_gradient,
       {"\\nabla_\\theta J=\\sum_k w_k\\,\\nabla_\\theta J_k",
        "The gradient of all terms together is what one pass in closed form gives.",
        "The gradient the rule follows, against automatic differentiation of the terms' definitions."}},
      {"calibration_of_distances",
       "exp(-t_j/tau) = r_j",
       1e-12,
       always,
       calibration_of_distances,
       {"e^{-t_{ij}/\\tau}=r_{ij}", "A distance plus the point's level is minus the logarithm of a share.",
        "The left side from the distances step by step; the right side are the shares in use."}},
      {"pull_is_responsibility",
       "N dJ/dd_ij = r_ij",
       1e-12,
       where_lse_is_alone,
       pull_is_responsibility,
       {"N\\,\\partial J/\\partial d_{ij}=r_{ij}",
        "Where log-sum-exp is alone, units are pulled by nothing but their shares.",
        "The left side as the backward pass has it; the right side are the shares of the forward pass."}},
  };
  return all;
}

}  // namespace iem
