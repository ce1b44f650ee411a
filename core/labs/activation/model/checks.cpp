#include "core/labs/activation/model/checks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/libm.h"
#include "core/check/common.h"
#include "core/labs/activation/model/keys.h"
#include "core/math/dual.h"

namespace iem {

using namespace check;

namespace {

// WebAssembly's long double has 128 bits, in software, and Clang 19 crashes where it folds calls with them.
#ifdef __wasm__
using Real = double;
#else
using Real = long double;
#endif

const LineModel& line(const Snapshot& snapshot) { return static_cast<const LineModel&>(snapshot.model()); }

// J of a few points with its derivative along one entry of theta, straight from the definition: no
// responsibilities anywhere.
Dual objective(const LineModel& model, const Theta& theta, Eigen::Index direction, double tau,
               const Dataset& data) {
  const LineOptions& o = model.options();
  const double* shape = o.shape.data();
  const bool sign = o.kind == HypothesisKind::sign;
  const auto at = [&](Eigen::Index i) { return Dual{theta[i], i == direction ? 1.0 : 0.0}; };
  const Eigen::Index scale = model.layout().block("scale").offset,
                     prior = model.layout().block("prior").offset;
  std::vector<Dual> mu, log_prior;
  Dual total;
  for (Eigen::Index j = 0; j < o.count; ++j) {
    mu.push_back(sign ? at(0) * (j == 0 ? -1.0 : 1.0) : at(j));
    log_prior.push_back(sign ? at(prior) * (j == 0 ? 0.0 : 1.0) : at(prior + j));
    total = total + simd::exp(log_prior.back());
  }
  for (Dual& each : log_prior) each = each - simd::log(total);
  const double constant = o.volume_term ? o.kernel->constant(shape) : 0;
  Dual sum;
  std::vector<Dual> d(mu.size());
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < d.size(); ++j) {
      const double width = o.widths.empty() ? 1 : o.widths[j];
      d[j] = o.kernel->value((data.points(i, 0) - mu[j]) / (simd::exp(at(scale)) * width), shape) -
             log_prior[j] + constant;
      if (o.volume_term) d[j] = d[j] + at(scale) + libm::log(width);
      least = std::min(least, d[j].v);
    }
    Dual z;
    for (const Dual& energy : d) z = z + simd::exp((least - energy) / tau);
    sum = sum + (least - tau * simd::log(z));
  }
  return sum / static_cast<double>(data.size());
}

std::string where_it_learns(const Snapshot& snapshot) {
  if (snapshot.data().size() == 0) return "there are no points";
  return line(snapshot).learns() ? "" : "these hypotheses have no density, so there is no J";
}

double line_fisher(const Snapshot& snapshot) {
  return fisher_error(snapshot, [&](Eigen::Index direction, const Dataset& data) {
    return objective(line(snapshot), snapshot.state.theta, direction, snapshot.temperature, data);
  });
}

std::string where_em_learns(const Snapshot& snapshot) {
  const std::string reason = where_it_learns(snapshot);
  return reason.empty() ? where_em_exists(snapshot) : reason;
}

// --- the table of math.md section 4 ---

Real log_1p_exp(Real x) { return std::max(x, Real{0}) + std::log1p(std::exp(-std::abs(x))); }

// d_- - d_+ of two kernels alone.
Real kernel_gap(const Hypotheses& h, Real z) {
  const Real m = h.mu[1], s = h.scale;
  const Real edge = std::abs(z) >= std::abs(m) ? std::copysign(m, z * m) : std::copysign(z, z * m);
  const Real product = m / s * (z / s);
  const std::string& id = h.kernel->id;
  if (id == "gaussian") return 2 * product;
  if (id == "laplace") return 2 * edge / s;
  const Real left = std::abs(z + m) / s, right = std::abs(z - m) / s;  // |u_-|, |u_+|
  const Real c = h.shape.empty() ? 0 : Real{h.shape[0]};
  if (id == "student_t") {
    const Real near = std::min(left, right);
    return std::copysign(Real{h.shape[1]} * std::log1p(4 * std::abs(product) / (c + near * near)), product);
  }
  if (id == "huber") {
    if (left <= c && right <= c) return 2 * product;
    if (left > c && right > c) return 2 * c * edge / s;
    const Real far = std::max(left, right), near = std::min(left, right);
    return std::copysign(c * (far - c / 2) - near * near / 2, product);
  }
  if (id == "pseudo_huber")
    return 4 * product / (std::hypot(Real{1}, left / c) + std::hypot(Real{1}, right / c));
  if (id == "logistic") {
    // log_1p_exp(x) = x/2 + log(2 cosh(x/2)), and the ratio of two cosh by the rule for their difference.
    const Real x = -c * (z + m) / s, y = -c * (z - m) / s, half = c * m / s, middle = c * z / s;
    if (std::max(x, y) < -5) return log_1p_exp(x) - log_1p_exp(y);  // both are tiny, and nothing cancels
    if (std::max(std::abs(x), std::abs(y)) > 1000)
      return x > 1000 && y > 1000 ? -2 * half : log_1p_exp(x) - log_1p_exp(y);
    return -half + std::log1p(2 * std::sinh(middle / 2) * std::sinh(half / 2) / std::cosh(y / 2));
  }
  if (id == "exponential") {
    if (edge == 0) return 0;
    const Real middle = std::max(std::abs(z), std::abs(m)) / s;
    return 2 * std::exp(c * middle) * std::sinh(c * edge / s);
  }
  return std::numeric_limits<Real>::quiet_NaN();
}

// With x = (d_- - d_+)/(2 tau): E[s] = tanh x, Var = 1/cosh^2 x, entropy = log(2 cosh x) - x tanh x.
Real sign_form(const Hypotheses& h, Statistic statistic, Real z) {
  const Real odds = Real{h.log_prior[1]} - Real{h.log_prior[0]};
  const Real x = (kernel_gap(h, z) + odds) / (2 * Real{h.tau}), big = std::abs(x);
  const Real less = std::exp(-2 * big);  // 0 where cosh overflows
  switch (statistic) {
    case Statistic::mean: return std::tanh(x);
    case Statistic::gated_mean: return z * std::tanh(x);
    case Statistic::variance: return 4 * less / ((1 + less) * (1 + less));
    case Statistic::entropy: return std::log1p(less) + (less > 0 ? 2 * big * less / (1 + less) : 0);
    default: return std::numeric_limits<Real>::quiet_NaN();
  }
}

Real gate_form(const Hypotheses& h, Statistic statistic, Real z) {
  const Real root2 = std::numbers::sqrt2_v<Real>, tau = h.tau;
  const bool probit = h.kernel != nullptr;
  if (probit && tau != 1) return std::numeric_limits<Real>::quiet_NaN();
  const Real open = probit ? std::erfc(-z / root2) / 2 : 1 / (1 + std::exp(-z / tau));
  const Real shut = probit ? std::erfc(z / root2) / 2 : 1 / (1 + std::exp(z / tau));
  switch (statistic) {
    case Statistic::mean: return open;
    case Statistic::gated_mean: return z * open;
    case Statistic::variance: return open * shut;
    case Statistic::log_partition: return probit ? 0 : tau * log_1p_exp(z / tau);
    default: return std::numeric_limits<Real>::quiet_NaN();
  }
}

// E[g | z] of gaussians: weights prior^(1/tau) exp(mu (2z - mu) / (2 tau sigma^2)), relative to one of them;
// of unequal widths by their own parabolas.
Real prototype_form(const Hypotheses& h, Statistic statistic, Real z) {
  if (statistic != Statistic::mean || h.kernel->id != "gaussian")
    return std::numeric_limits<Real>::quiet_NaN();
  const auto count = static_cast<std::size_t>(h.count);
  std::size_t top = 0;
  const auto gain = [&](std::size_t j, std::size_t over) {
    const Real a = h.mu[j], b = h.mu[over], s = Real{h.scale} * Real{h.width[j]};
    const Real other = Real{h.scale} * Real{h.width[over]};
    const Real kernels = s == other ? (a - b) / s * ((2 * z - a - b) / s) / 2
                                    : ((z - b) / other * ((z - b) / other) - (z - a) / s * ((z - a) / s)) / 2;
    const Real widths = Real{h.log_width[over]} - Real{h.log_width[j]};
    return (kernels + widths + Real{h.log_prior[j]} - Real{h.log_prior[over]}) / Real{h.tau};
  };
  for (std::size_t j = 1; j < count; ++j)
    if (gain(j, top) > 0) top = j;
  Real sum = 0, mean = 0;
  for (std::size_t j = 0; j < count; ++j) {
    const Real weight = std::exp(gain(j, top));
    sum += weight;
    mean += weight * Real{h.g[j]};
  }
  return mean / sum;
}

// --- the same on the state on screen ---

constexpr std::size_t kMostSamples = 2001;

std::vector<double> places(const Snapshot& snapshot) {
  const std::vector<double> all = sampled_z(snapshot.config());
  const std::size_t stride = (all.size() + kMostSamples - 1) / kMostSamples;
  std::vector<double> out;
  for (std::size_t i = 0; i < all.size(); i += stride) out.push_back(all[i]);
  return out;
}

std::string where_there_is_a_formula(const Snapshot& snapshot) {
  const Hypotheses h = line(snapshot).hypotheses(snapshot.state.theta, snapshot.temperature);
  return std::isnan(closed_form(h, statistic_of(snapshot.config()), 0.5))
             ? "there is no formula for this statistic of these hypotheses"
             : "";
}

double activation_closed_form(const Snapshot& snapshot) {
  const Hypotheses h = line(snapshot).hypotheses(snapshot.state.theta, snapshot.temperature);
  const Statistic statistic = statistic_of(snapshot.config());
  const std::vector<double> z = places(snapshot);
  Eigen::VectorXd value(static_cast<Eigen::Index>(z.size())), reference(value.size());
  for (Eigen::Index i = 0; i < value.size(); ++i) {
    const double at = z[static_cast<std::size_t>(i)];
    value[i] = value_of(h, posterior(h, at), statistic);
    reference[i] = static_cast<double>(closed_form(h, statistic, at));
  }
  return gap(value, reference);
}

std::string where_it_is_smooth(const Snapshot& snapshot) {
  return statistic_of(snapshot.config()) == Statistic::mode ? "the mode jumps and is flat between" : "";
}

// Energies with their derivatives by z. For gaussian gates these are central differences, since no formula
// independent of the slope itself is available.
Dual energy_at(const Hypotheses& h, std::size_t j, double z) {
  if (h.kind != HypothesisKind::gate)
    return h.kernel->value((Dual{z, 1} - h.mu[j]) / h.scale_of(j), h.shape.data()) +
           (h.offset_of(j) - h.log_prior[j]);
  if (!h.kernel) return j == 0 ? Dual{0, 0} : Dual{-z, -1};
  const double side = j == 0 ? -1 : 1, step = 1e-5;
  return {-log_normal_cdf(side * z),
          -(log_normal_cdf(side * (z + step)) - log_normal_cdf(side * (z - step))) / (2 * step)};
}

// d/dz of the statistic by forward differentiation of its definition.
double slope_by_duals(const Hypotheses& h, Statistic statistic, double z) {
  const auto count = static_cast<std::size_t>(h.count);
  std::array<Dual, kMostHypotheses> d{}, r{};
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t j = 0; j < count; ++j) {
    d[j] = energy_at(h, j, z);
    least = std::min(least, d[j].v);
  }
  Dual total, mean, mean_square, entropy;
  for (std::size_t j = 0; j < count; ++j) total = total + (r[j] = simd::exp((least - d[j]) / h.tau));
  for (std::size_t j = 0; j < count; ++j) {
    r[j] = r[j] / total;
    mean = mean + r[j] * h.g[j];
    if (r[j].v > 0) entropy = entropy - r[j] * simd::log(r[j]);
  }
  for (std::size_t j = 0; j < count; ++j)
    mean_square = mean_square + r[j] * (h.g[j] - mean) * (h.g[j] - mean);
  switch (statistic) {
    case Statistic::variance: return mean_square.d;
    case Statistic::entropy: return entropy.d;
    case Statistic::log_partition: return (h.tau * simd::log(total) - least).d;
    case Statistic::gated_mean: return (mean * Dual{z, 1}).d;
    default: return mean.d;
  }
}

double activation_derivative(const Snapshot& snapshot) {
  const Hypotheses h = line(snapshot).hypotheses(snapshot.state.theta, snapshot.temperature);
  const Statistic statistic = statistic_of(snapshot.config());
  std::vector<double> z = places(snapshot);
  // At the places of the hypotheses |u| has no derivative, so these z are left out.
  const auto end = h.mu.begin() + (h.kind == HypothesisKind::gate ? 0 : h.count);
  std::erase_if(z, [&](double at) { return std::find(h.mu.begin(), end, at) != end; });
  Eigen::VectorXd value(static_cast<Eigen::Index>(z.size())), reference(value.size());
  for (Eigen::Index i = 0; i < value.size(); ++i) {
    const double at = z[static_cast<std::size_t>(i)];
    value[i] = derivative_of(h, posterior(h, at), statistic);
    reference[i] = slope_by_duals(h, statistic, at);
  }
  return gap(value, reference);
}

}  // namespace

long double closed_form(const Hypotheses& h, Statistic statistic, double z) {
  switch (h.kind) {
    case HypothesisKind::sign: return sign_form(h, statistic, z);
    case HypothesisKind::gate: return gate_form(h, statistic, z);
    case HypothesisKind::prototypes: break;
  }
  return prototype_form(h, statistic, z);
}

const std::vector<IdentityCheck>& activation_checks() {
  static const std::vector<IdentityCheck> all = {
      {"lse_gradient",
       "dL/dd_h = -r_h",
       1e-14,
       where_energies_can_step,
       lse_gradient,
       {"\\partial L/\\partial d_h=-r_h", "The level falls by a hypothesis' share as its energy rises.",
        "The left side by a complex step through the sum of exponentials, which knows no shares."}},
      {"row_sums",
       "sum_h r_h = 1",
       1e-14,
       always,
       row_sums,
       {"\\sum_h r_h=1", "The hypotheses share out every input, and nothing is left.",
        "The shares that are shown, added up."}},
      {"fisher", "dJ/dtheta = (1/N) sum r dd/dtheta", 1e-8, where_it_learns, line_fisher, fisher_words("h")},
      {"monotone_em", "an EM step never raises J", 1e-12, where_em_learns, monotone_em, monotone_em_words()},
      {"activation_closed_form",
       "sum_h r_h g(h) is the formula of its activation",
       1e-12,
       where_there_is_a_formula,
       activation_closed_form,
       {"\\sum_h r_h\\,g(h)=a(z)", "The posterior mean is the activation by its known formula.",
        "The left side from the shares at each sample of the curve; the right side by the formula in "
        "extended precision."}},
      {"activation_derivative",
       "a' = Var * rate of evidence",
       1e-8,
       where_it_is_smooth,
       activation_derivative,
       {"a'=\\mathrm{Cov}_r(g,-d')/\\tau",
        "The slope of a posterior mean is a covariance: for signs their variance times the rate of evidence.",
        "The right side (or its like, for other statistics) from the shares; the left side by automatic "
        "differentiation."}},
  };
  return all;
}

}  // namespace iem
