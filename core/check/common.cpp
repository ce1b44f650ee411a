#include "core/check/common.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/math/log_sum_exp.h"

namespace iem::check {

Evaluation evaluate(const Model& model, const Theta& theta, double tau, const Dataset& data) {
  ThreadPool alone(1);
  Evaluation out;
  model.evaluate(theta, tau, data, {}, Wanted::rows, alone, out);
  return out;
}

// Infinity stands for any entry that is not finite, so that no check passes because of a NaN.
double largest(const Eigen::MatrixXd& values) {
  return values.allFinite() ? values.maxCoeff() : std::numeric_limits<double>::infinity();
}

double gap(const Eigen::MatrixXd& value, const Eigen::MatrixXd& reference) {
  return largest((value - reference).cwiseAbs()) / std::max(1.0, largest(reference.cwiseAbs()));
}

std::string always(const Snapshot&) { return ""; }

std::string where_energies_can_step(const Snapshot& snapshot) {
  return energies_can_step(snapshot.temperature)
             ? ""
             : "the temperature is too low: the complex step is 1e-150 of it";
}

double lse_gradient(const Snapshot& snapshot) {
  const IdentitySample& s = snapshot.identity;
  return largest((s.claimed - s.computed).cwiseAbs()) / std::max(1.0, largest(s.computed.cwiseAbs()));
}

// The responsibilities that are shown are checked, where the snapshot has them.
double row_sums(const Snapshot& snapshot) {
  Eigen::MatrixXd r = snapshot.evaluation.responsibilities;
  if (snapshot.data().size() == 0)
    return largest((snapshot.identity.claimed.rowwise().sum().array() + 1).abs());
  if (r.rows() != snapshot.data().size())
    r = evaluate(snapshot.model(), snapshot.state.theta, snapshot.temperature, thinned(snapshot.data(), 4096))
            .responsibilities;
  return largest((r.rowwise().sum().array() - 1).abs());
}

namespace {

// J at tau = 1 before and after one EM step without regularisation.
struct EmStep {
  double before = 0, after = 0;
  bool finite = false;  // the step leads to finite parameters
};

EmStep em_step(const Snapshot& snapshot) {
  ThreadPool alone(1);
  Evaluation e;
  EmStep step;
  snapshot.model().evaluate(snapshot.state.theta, 1, snapshot.data(), {}, Wanted::sums, alone, e);
  step.before = e.loss;
  const Theta next = snapshot.model().em_target(snapshot.state.theta, 1, snapshot.data(), e, 0, alone);
  step.finite = next.allFinite();
  if (!step.finite) return step;
  snapshot.model().evaluate(next, 1, snapshot.data(), {}, Wanted::sums, alone, e);
  step.after = e.loss;
  return step;
}

}  // namespace

std::string where_em_exists(const Snapshot& snapshot) {
  const std::string reason = snapshot.model().em_unavailable();
  if (!reason.empty()) return reason;
  if (!em_step(snapshot).finite)
    return "a component stands on too few points to have a covariance without regularisation";
  return "";
}

double monotone_em(const Snapshot& snapshot) {
  const EmStep step = em_step(snapshot);
  const double rise = step.after - step.before;
  return std::isnan(rise) ? rise : std::max(0.0, rise) / std::max(1.0, std::abs(step.before));
}

CheckWords lse_gradient_words() {
  return {"\\partial L_i/\\partial d_{ij}=-r_{ij}",
          "A point's level falls by a component's share as that component's energy rises.",
          "The left side by a complex step through the sum of exponentials, which knows no shares."};
}

CheckWords row_sums_words() {
  return {"\\sum_j r_{ij}=1", "The components share out every point, and nothing is left.",
          "The shares that are shown, added up."};
}

CheckWords fenchel_young_words() {
  return {
      "\\partial L_\\Omega/\\partial d_j=-p_j",
      "Any smoothed minimum has shares for its slopes, not log-sum-exp alone.",
      "The left side by a complex step through the smoothed minimum; the right side are the shares in use."};
}

CheckWords monotone_em_words() {
  return {"J(\\theta^{\\mathrm{EM}})\\le J(\\theta)", "A step of EM never raises J.",
          "One step from here at temperature 1 without regularisation, J before and after; the error is the "
          "rise."};
}

CheckWords fisher_words(const std::string& component) {
  const std::string pair = "{i" + component + "}";
  return {
      "\\frac{\\partial J}{\\partial\\theta}=\\frac{1}{N}\\sum_{i," + component + "}r_" + pair +
          "\\,\\frac{\\partial d_" + pair + "}{\\partial\\theta}",
      "The slope of J is the slope of EM's expected energy with the shares held still: Fisher's identity.",
      "The right side is the gradient the rule follows; the left side J differentiated automatically from "
      "its definition."};
}

double fisher_error(const Snapshot& snapshot, const ObjectiveAlong& objective) {
  const Model& model = snapshot.model();
  const bool whole = snapshot.data().size() <= 1024;
  const Dataset data = thinned(snapshot.data(), whole ? 1024 : 256);
  const Theta claimed = whole ? snapshot.evaluation.gradient
                              : evaluate(model, snapshot.state.theta, snapshot.temperature, data).gradient;
  Theta computed = Theta::Zero(claimed.size());
  for (const Block& block : model.layout().blocks()) {
    if (!block.learned) continue;
    for (Eigen::Index i = block.offset; i < block.offset + block.size(); ++i)
      computed[i] = objective(i, data).d;
  }
  return gap(claimed, computed);
}

}  // namespace iem::check
