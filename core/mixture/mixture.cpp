#include "core/mixture/mixture.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/base/libm.h"
#include "core/math/circle.h"
#include "core/math/shares.h"

namespace iem {
namespace {

// log pi_j = (l_j - top) - log sum_k exp(l_k - top): the log softmax of the logits.
struct LogSoftmax {
  explicit LogSoftmax(const Eigen::Ref<const Eigen::VectorXd>& logits)
      : top(logits.maxCoeff()),
        log_sum(libm::log((logits.array() - top).unaryExpr(libm::Exp()).sum())) {}
  double operator()(double logit) const { return (logit - top) - log_sum; }
  double top, log_sum;
};

Eigen::Index covariance_columns(CovarianceKind kind) {
  switch (kind) {
    case CovarianceKind::spherical: return 1;
    case CovarianceKind::diag: return 2;
    default: return 3;
  }
}

}  // namespace

const std::vector<std::string>& covariance_names() {
  static const std::vector<std::string> names = {"fixed", "spherical", "diag", "tied", "full"};
  return names;
}

const std::vector<std::string>& objective_names() {
  static const std::vector<std::string> names = {"log_sum_exp", "correntropy", "sigmoid"};
  return names;
}

Mixture::Mixture(MixtureOptions options) : options_(std::move(options)) {
  IEM_CHECK(options_.energy != nullptr && options_.components >= 1);
  if (!competitive()) options_.volume_term = options_.learn_weights = false;
  if (options_.energy->on_circle) {
    options_.volume_term = false;
    options_.covariance = CovarianceKind::fixed;
  }
  const Eigen::Index k = options_.components;
  layout_.add("means", k, 2, options_.learn_means);
  const bool learns = options_.learn_covariances && options_.covariance != CovarianceKind::fixed;
  layout_.add("covariances", options_.covariance == CovarianceKind::tied ? 1 : k,
              covariance_columns(options_.covariance), learns);
  layout_.add("weights", k, 1, options_.learn_weights);
}

Lower2 Mixture::factor(const Theta& theta, int component) const {
  const Block& block = layout_.blocks()[1];
  const Eigen::Index row = block.rows == 1 ? 0 : component;
  const double* p = theta.data() + block.offset + row * block.columns;
  switch (options_.covariance) {
    case CovarianceKind::spherical: return {libm::exp(p[0]), 0, libm::exp(p[0])};
    case CovarianceKind::diag: return {libm::exp(p[0]), 0, libm::exp(p[1])};
    default: return {libm::exp(p[0]), p[1], libm::exp(p[2])};
  }
}

void Mixture::set_factor(Theta& theta, int component, const Lower2& w) const {
  const Block& block = layout_.blocks()[1];
  const Eigen::Index row = block.rows == 1 ? 0 : component;
  double* p = theta.data() + block.offset + row * block.columns;
  p[0] = libm::log(w.l00);
  if (block.columns == 2) p[1] = libm::log(w.l11);
  if (block.columns == 3) {
    p[1] = w.l10;
    p[2] = libm::log(w.l11);
  }
}

std::vector<std::string> Mixture::metric_ids() const {
  if (options_.compare_held_out) return {"entropy", "usage_min", "held_out_loss", "bic"};
  return {"entropy", "usage_min"};
}

int Mixture::free_parameters() const {
  Eigen::Index count = 0;
  for (const Block& block : layout_.blocks())
    if (block.learned) count += block.size() - (block.name == "weights" ? 1 : 0);
  return static_cast<int>(count);
}

kernel::Component Mixture::kernel_component(const Theta& theta, int component, double log_weight,
                                            double constant) const {
  const Eigen::Index mean = layout_.blocks()[0].offset + 2 * component;
  double x = theta[mean], y = theta[mean + 1];
  if (options_.energy->on_circle) move_to_circle(x, y);
  const Lower2 w = options_.energy->on_circle ? Lower2{} : factor(theta, component);
  const double volume = options_.volume_term ? -libm::log(w.l00) - libm::log(w.l11) : 0;
  return {x, y, w.l00, w.l10, w.l11, competitive() ? volume + constant - log_weight : 0};
}

double Mixture::energy_constant() const {
  return options_.volume_term ? options_.energy->constant_2d(options_.shape.data()) : 0;
}

Eigen::VectorXd Mixture::log_pi(const Theta& theta) const {
  const Block& weights = layout_.blocks()[2];
  const auto logits = theta.segment(weights.offset, weights.size());
  return logits.unaryExpr(LogSoftmax(logits));
}

std::vector<kernel::Component> Mixture::kernel_components(const Theta& theta) const {
  std::vector<kernel::Component> out;
  kernel_components(theta, out);
  return out;
}

void Mixture::kernel_components(const Theta& theta, std::vector<kernel::Component>& out) const {
  const Block& weights = layout_.blocks()[2];
  const LogSoftmax log_pi(theta.segment(weights.offset, weights.size()));
  const double constant = energy_constant();
  out.clear();
  for (int j = 0; j < options_.components; ++j)
    out.push_back(kernel_component(theta, j, log_pi(theta[weights.offset + j]), constant));
}

FieldInput Mixture::field(const Theta& theta, double tau, FieldKind kind) const {
  FieldInput input;
  input.kind = kind;
  input.energy = options_.energy->id;
  input.shape = options_.shape;
  input.temperature = tau;
  input.responsibility = options_.responsibility;
  for (const kernel::Component& c : kernel_components(theta))
    input.components.push_back({c.mu0, c.mu1, c.w00, c.w10, c.w11, c.offset});
  return input;
}

Mixture::Terms Mixture::terms(const Theta& theta, int component, double x, double y) const {
  const kernel::Component c = kernel_component(theta, component, log_pi(theta)[component], energy_constant());
  if (options_.energy->on_circle) move_to_circle(x, y);
  const double dx = x - c.mu0, dy = y - c.mu1;
  Terms terms;
  terms.kernel = options_.energy->kernel(c.w00 * dx, c.w10 * dx + c.w11 * dy, options_.shape.data());
  terms.volume = options_.volume_term ? -libm::log(c.w00) - libm::log(c.w11) : 0;
  terms.rest = c.offset - terms.volume;
  return terms;
}

Eigen::Vector2d Mixture::mean_gradient(const Theta& theta, int component, double x, double y) const {
  const kernel::Component c = kernel_component(theta, component, 0, 0);  // the offset has no part in it
  if (options_.energy->on_circle) move_to_circle(x, y);
  const double dx = x - c.mu0, dy = y - c.mu1;
  double g[2];
  options_.energy->gradient(c.w00 * dx, c.w10 * dx + c.w11 * dy, options_.shape.data(), g);
  return by_mean(theta, component, {-(c.w00 * g[0] + c.w10 * g[1]), -c.w11 * g[1]});
}

// mu^ = mu/|mu| turns with mu and does not grow with it: dmu^/dmu = (1 - mu^ mu^T)/|mu|. In the plane that
// leaves the part of the gradient along the tangent t = (-mu^_1, mu^_0).
Eigen::Vector2d Mixture::by_mean(const Theta& theta, int component, const Eigen::Vector2d& by_place) const {
  if (!options_.energy->on_circle) return by_place;
  const Eigen::Vector2d mu = theta.segment<2>(layout_.blocks()[0].offset + 2 * component);
  double length = mu.norm();
  if (!(length > 1e-140 && length < 1e140)) length = mu.stableNorm();
  const Eigen::Vector2d tangent(-mu[1] / length, mu[0] / length);
  return tangent * (tangent.dot(by_place) / length);
}

std::vector<MixtureComponent> Mixture::unpack(const Theta& theta) const {
  std::vector<MixtureComponent> out;
  unpack(theta, out);
  return out;
}

void Mixture::unpack(const Theta& theta, std::vector<MixtureComponent>& out) const {
  const Block& means = layout_.blocks()[0];
  const Block& weights = layout_.blocks()[2];
  const LogSoftmax log_pi(theta.segment(weights.offset, weights.size()));
  out.resize(static_cast<std::size_t>(options_.components));
  for (int j = 0; j < options_.components; ++j) {
    MixtureComponent& c = out[static_cast<std::size_t>(j)];
    c = {theta[means.offset + 2 * j], theta[means.offset + 2 * j + 1], outer(inverse(factor(theta, j))),
         libm::exp(log_pi(theta[weights.offset + j]))};
  }
}

namespace {

// The nearest matrix of the given kind; both the M-step of EM and a change of kind need it.
Sym2 of_kind(const Sym2& s, CovarianceKind kind) {
  if (kind == CovarianceKind::spherical) return {s.xx / 2 + s.yy / 2, 0, s.xx / 2 + s.yy / 2};
  if (kind == CovarianceKind::diag) return {s.xx, 0, s.yy};
  return s;
}

Sym2 weighted_mean(const std::vector<MixtureComponent>& components, const std::vector<double>& weights) {
  Sym2 sum{0, 0, 0};
  double total = 0;
  for (std::size_t j = 0; j < components.size(); ++j) {
    const Sym2& s = components[j].sigma;
    const double w = weights[j];
    sum = {sum.xx + w * s.xx, sum.xy + w * s.xy, sum.yy + w * s.yy};
    total += w;
  }
  return {sum.xx / total, sum.xy / total, sum.yy / total};
}

}  // namespace

Theta Mixture::pack(const std::vector<MixtureComponent>& components) const {
  Theta out;
  pack(components, out);
  return out;
}

void Mixture::pack(const std::vector<MixtureComponent>& components, Theta& theta) const {
  IEM_CHECK(static_cast<int>(components.size()) == options_.components);
  theta.resize(layout_.size());
  const Block& means = layout_.blocks()[0];
  const Block& weights = layout_.blocks()[2];
  const bool tied = options_.covariance == CovarianceKind::tied;
  thread_local std::vector<double> given, logits, moderate;
  given.clear();
  for (const MixtureComponent& c : components) given.push_back(c.weight);
  log_shares(given, logits);
  if (tied) moderate_weights(given, moderate);
  const Sym2 shared = tied ? weighted_mean(components, moderate) : Sym2{};
  for (int j = 0; j < options_.components; ++j) {
    const MixtureComponent& c = components[static_cast<std::size_t>(j)];
    theta[means.offset + 2 * j] = c.mu_x;
    theta[means.offset + 2 * j + 1] = c.mu_y;
    theta[weights.offset + j] = logits[static_cast<std::size_t>(j)];
    const Sym2 sigma = of_kind(tied ? shared : c.sigma, options_.covariance);
    const auto chol = cholesky(sigma);
    // A matrix that is no longer positive definite makes the state NaN, one that has overflowed makes it
    // infinite; the run reports both with their step.
    const double lost = std::isinf(sigma.xx) || std::isinf(sigma.yy) ? 0 : std::nan("");
    set_factor(theta, j, chol ? inverse(*chol) : Lower2{lost, lost, lost});
  }
}

void Mixture::mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const {
  const auto mix = [lambda](double u, double v) { return (1 - lambda) * u + lambda * v; };
  thread_local std::vector<MixtureComponent> from, to;
  unpack(a, from);
  unpack(b, to);
  for (std::size_t j = 0; j < from.size(); ++j) {
    MixtureComponent& c = from[j];
    const MixtureComponent& t = to[j];
    c = {mix(c.mu_x, t.mu_x),
         mix(c.mu_y, t.mu_y),
         {mix(c.sigma.xx, t.sigma.xx), mix(c.sigma.xy, t.sigma.xy), mix(c.sigma.yy, t.sigma.yy)},
         mix(c.weight, t.weight)};
  }
  pack(from, out);
  layout_.keep_fixed(a, out);
}

void Mixture::project(Theta& theta) const {
  if (options_.sigma_floor <= 0 || !layout_.blocks()[1].learned || !theta.allFinite()) return;
  const double floor = options_.sigma_floor * options_.sigma_floor;
  for (Eigen::Index j = 0; j < layout_.blocks()[1].rows; ++j) {
    const Sym2 sigma = outer(inverse(factor(theta, static_cast<int>(j))));
    if (eigen(sigma).small >= floor) continue;
    const auto chol = cholesky(with_eigenvalues_at_least(sigma, floor));
    if (chol) set_factor(theta, static_cast<int>(j), inverse(*chol));
  }
}

}  // namespace iem
