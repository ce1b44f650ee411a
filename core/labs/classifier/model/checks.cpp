#include "core/labs/classifier/model/checks.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "core/check/common.h"
#include "core/labs/classifier/model/experts.h"
#include "core/labs/classifier/model/keys.h"
#include "core/mixture/dual_energies.h"

namespace iem {
namespace {

std::string where_classes_share(const Snapshot& snapshot) {
  return snapshot.model().responsibilities_unavailable();
}

std::string where_shares_are_slopes(const Snapshot& snapshot) {
  const std::string none = where_classes_share(snapshot);
  return none.empty() ? check::where_energies_can_step(snapshot) : none;
}

std::string where_they_are_a_softmax(const Snapshot& snapshot) {
  if (snapshot.model().responsibility() == Responsibility::softmax) return where_shares_are_slopes(snapshot);
  return "The responsibilities are not a softmax: see fenchel_young.";
}

std::string where_a_bound_exists(const Snapshot& snapshot) { return snapshot.model().bound_unavailable(); }

Dual dual_softplus(const Dual& t) {
  return t > 0 ? t + simd::log(simd::exp(-t) + 1.0) : simd::log(simd::exp(t) + 1.0);
}

// e_j(label) as the definition has it: given, or the softmax of row j of the confusion.
using Evidence = std::function<Dual(int j, int label)>;

Evidence plain_evidence(const Classifier& model, const Theta& theta) {
  return [&](int j, int label) { return Dual{model.evidence(theta, j, label), 0}; };
}

Evidence evidence_along(const Classifier& model, const Theta& theta, Eigen::Index direction) {
  if (!model.confusion()) return plain_evidence(model, theta);
  return [&model, &theta, direction](int j, int label) {
    const Eigen::Index row = model.confusion()->offset + static_cast<Eigen::Index>(j) * model.classes();
    Dual z;
    for (Eigen::Index y = 0; y < model.classes(); ++y)
      z = z + simd::exp(Dual{theta[row + y], row + y == direction ? 1.0 : 0.0});
    return simd::exp(Dual{theta[row + label], row + label == direction ? 1.0 : 0.0}) / z;
  };
}

// -tau log sum_j e_j exp(-d_j/tau), from the definition.
Dual with_label(const Classifier& model, const std::vector<Dual>& d, int label, double tau,
                const Evidence& evidence) {
  if (model.options().label_trust == 1 && !model.confusion()) return d[static_cast<std::size_t>(label)];
  double least = std::numeric_limits<double>::infinity();
  for (int j = 0; j < model.classes(); ++j) least = std::min(least, d[static_cast<std::size_t>(j)].v);
  Dual z;
  for (int j = 0; j < model.classes(); ++j)
    z = z + evidence(j, label) * simd::exp((least - d[static_cast<std::size_t>(j)]) / tau);
  return least - tau * simd::log(z);
}

// A point's part of N J from its energies, the background's behind them: no responsibilities anywhere.
Dual point_loss(const Classifier& model, const std::vector<Dual>& d, int label, double tau,
                const Evidence& evidence, std::span<const double> of_experts = {}) {
  Dual sum;
  if (!of_experts.empty()) {
    std::vector<Dual> joint = d;
    for (std::size_t h = 0; h < d.size(); ++h) joint[h] = d[h] + of_experts[h];
    sum = -log_partition(Responsibility::softmax, std::span<const Dual>(joint), tau);
    if (model.kappa() == 0) return sum;
    return sum + model.kappa() * log_partition(Responsibility::softmax, std::span<const Dual>(d), tau);
  }
  if (!model.competes()) {
    for (int j = 0; j < model.classes(); ++j) {
      const Dual t = d[static_cast<std::size_t>(j)] - model.options().margin;
      sum = sum + dual_softplus(j == label ? t : -t);
    }
    return sum;
  }
  const double kappa = label < 0 ? -model.unlabelled_weight() : model.kappa();
  if (label >= 0) sum = with_label(model, d, label, tau, evidence);
  if (kappa == 0) return sum;
  return sum + kappa * log_partition(model.responsibility(), std::span<const Dual>(d), tau);
}

// J along one entry of theta.
Dual dual_objective(const Classifier& model, const Theta& theta, Eigen::Index direction, double tau,
                    const Dataset& data) {
  std::optional<DualEnergies> prototypes;
  if (!model.is_linear()) prototypes.emplace(*model.prototypes(), theta, direction);
  std::vector<Dual> d(static_cast<std::size_t>(model.hypotheses()));
  if (model.options().background) d.back() = {*model.options().background, 0};
  const auto entry = [&](Eigen::Index i) { return Dual{theta[i], i == direction ? 1.0 : 0.0}; };
  const Evidence evidence = evidence_along(model, theta, direction);
  Dual total;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const double x = data.points(i, 0), y = data.points(i, 1);
    if (prototypes) prototypes->at(x, y, d);
    for (Eigen::Index j = 0; !prototypes && j < model.classes(); ++j) {
      const Eigen::Index w = model.layout().blocks()[0].offset + 2 * j,
                         b = model.layout().blocks()[1].offset + j;
      d[static_cast<std::size_t>(j)] = -(entry(w) * x + entry(w + 1) * y + entry(b));
    }
    total = total + point_loss(model, d, data.has_labels() ? data.labels[i] : -1, tau, evidence);
  }
  return total / static_cast<double>(data.size());
}

double clamped_gradient(const Snapshot& snapshot) {
  return check::fisher_error(snapshot, [&](Eigen::Index direction, const Dataset& data) {
    if (const Experts* experts = experts_of(snapshot))
      return experts->dual_objective(snapshot.state.theta, direction, snapshot.temperature, data);
    return dual_objective(classifier_of(snapshot), snapshot.state.theta, direction, snapshot.temperature,
                          data);
  });
}

double clamped_minus_free(const Snapshot& snapshot) { return check::lse_gradient(snapshot); }

// dL/dd_ij = -r_ij of the free phase, by complex step.
double free_phase(const Snapshot& snapshot) {
  const Classifier& model = classifier_of(snapshot);
  const Dataset data = thinned(snapshot.data(), 64);
  Eigen::MatrixXd claimed(data.size(), model.hypotheses()), computed = claimed;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const Classifier::PointRow row =
        model.row(snapshot.state.theta, snapshot.temperature, data.points(i, 0), data.points(i, 1), -1);
    std::vector<double> slopes(row.d.size());
    log_partition_derivatives(model.responsibility(), row.d, snapshot.temperature, slopes);
    for (int j = 0; j < model.hypotheses(); ++j) {
      claimed(i, j) = -row.free[static_cast<std::size_t>(j)];
      computed(i, j) = slopes[static_cast<std::size_t>(j)];
    }
  }
  return check::gap(claimed, computed);
}

std::string where_experts_answer(const Snapshot& snapshot) {
  if (!experts_of(snapshot)) return "Classes answer here, and their evidence is a label.";
  return check::where_energies_can_step(snapshot);
}

// N dJ/dc_ih = r*_ih, by complex step.
double expert_pull(const Snapshot& snapshot) {
  const Experts& model = *experts_of(snapshot);
  const Dataset data = thinned(snapshot.data(), 64);
  Eigen::MatrixXd claimed(data.size(), model.classes()), computed = claimed;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const Classifier::PointRow row =
        model.row(snapshot.state.theta, snapshot.temperature, data.points(i, 0), data.points(i, 1), -1);
    std::vector<double> joint = row.d;
    for (std::size_t h = 0; h < joint.size(); ++h) joint[h] += row.evidence[h];
    std::vector<double> slopes(joint.size());
    log_partition_derivatives(Responsibility::softmax, joint, snapshot.temperature, slopes);
    for (int h = 0; h < model.classes(); ++h) {
      claimed(i, h) = row.clamped[static_cast<std::size_t>(h)];
      computed(i, h) = -slopes[static_cast<std::size_t>(h)];
    }
  }
  return check::gap(claimed, computed);
}

double bound_never_raises(const Snapshot& snapshot) {
  const Classifier& model = classifier_of(snapshot);
  const double tau = snapshot.temperature;
  const Theta next = model.bound_step(snapshot.state.theta, tau, snapshot.data(), snapshot.evaluation);
  ThreadPool alone(1);
  Evaluation after;
  model.evaluate(next, tau, snapshot.data(), {}, Wanted::sums, alone, after);
  const double before = snapshot.evaluation.loss, rise = after.loss - before;
  return std::isnan(rise) ? rise : std::max(0.0, rise) / std::max(1.0, std::abs(before));
}

}  // namespace

IdentitySample clamped_sample(const Run& run, Eigen::Index points) {
  const auto& model = static_cast<const Classifier&>(*run.setup().model);
  const Dataset& data = *run.setup().data;
  const double tau = run.temperature();
  const Eigen::Index n = data.size(), count = std::min(n, points);
  const Evidence evidence = plain_evidence(model, run.state().theta);
  IdentitySample out;
  out.claimed.resize(count, model.classes());
  out.computed.resize(count, model.classes());
  for (Eigen::Index i = 0; i < count; ++i) {
    const Eigen::Index point = i * n / count;
    out.points.push_back(point);
    const int label = data.has_labels() ? data.labels[point] : -1;
    const Classifier::PointRow row =
        model.row(run.state().theta, tau, data.points(point, 0), data.points(point, 1), label);
    std::vector<Dual> d(row.d.size());
    for (std::size_t k = 0; k < d.size(); ++k) d[k].v = row.d[k];
    for (int j = 0; j < model.classes(); ++j) {
      Dual& along = d[static_cast<std::size_t>(j)];
      along.d = 1;
      out.computed(i, j) = point_loss(model, d, label, tau, evidence, row.evidence).d;
      along.d = 0;
      out.claimed(i, j) = row.pull[static_cast<std::size_t>(j)];
    }
  }
  if (!out.claimed.allFinite() || !out.computed.allFinite())
    out.largest_difference = std::numeric_limits<double>::quiet_NaN();
  else if (count > 0)
    out.largest_difference = (out.claimed - out.computed).cwiseAbs().maxCoeff() /
                             std::max(1.0, out.computed.cwiseAbs().maxCoeff());
  return out;
}

const std::vector<IdentityCheck>& classifier_checks() {
  static const std::vector<IdentityCheck> all = {
      {"clamped_minus_free",
       "N dJ/dd_ij = r*_ij - kappa r_ij",
       1e-12,
       check::always,
       clamped_minus_free,
       {"N\\,\\partial J/\\partial d_{ij}=r^\\star_{ij}-\\kappa\\,r_{ij}",
        "An energy is pushed by the share with the label minus the share without it.",
        "The left side by automatic differentiation of J's definition; the right side from the shares."}},
      {"clamped_gradient",
       "dJ/dtheta = (1/N) sum (r* - kappa r) dd/dtheta",
       1e-8,
       check::always,
       clamped_gradient,
       {"\\frac{\\partial "
        "J}{\\partial\\theta}=\\frac{1}{N}\\sum_{i,j}(r^\\star_{ij}-\\kappa\\,r_{ij})\\,\\frac{\\partial "
        "d_{ij}}{\\partial\\theta}",
        "The slope of cross-entropy is the difference of two expectations: with the label, and without.",
        "The right side is the gradient the rule follows; the left side J differentiated automatically from "
        "its definition."}},
      {"row_sums", "sum_j r_ij = 1", 1e-14, where_classes_share, check::row_sums, check::row_sums_words()},
      {"lse_gradient", "dL_i/dd_ij = -r_ij", 1e-14, where_they_are_a_softmax, free_phase,
       check::lse_gradient_words()},
      {"fenchel_young", "dL_Omega/dd_j = -p_j", 1e-8, where_shares_are_slopes, free_phase,
       check::fenchel_young_words()},
      {"expert_pull",
       "N dJ/dc_ih = r*_ih",
       1e-14,
       where_experts_answer,
       expert_pull,
       {"N\\,\\partial J/\\partial c_{ih}=r^\\star_{ih}",
        "An expert's error counts by its share of the point once the answer is known.",
        "The left side by a complex step in each error; the right side are the shares."}},
      {"bound_never_raises",
       "a Boehning step never raises J",
       1e-12,
       where_a_bound_exists,
       bound_never_raises,
       {"J(\\theta^{+})\\le J(\\theta)",
        "A step to the minimum of Boehning's quadratic bound never raises J.",
        "One step from here, J before and after; the error is the rise."}},
      {"monotone_em", "an EM step never raises J", 1e-12, check::where_em_exists, check::monotone_em,
       check::monotone_em_words()},
  };
  return all;
}

}  // namespace iem
