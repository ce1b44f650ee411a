#include "core/labs/activation/model/hypotheses.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/libm.h"

namespace iem {

const std::vector<std::string>& hypothesis_names() {
  static const std::vector<std::string> names = {"sign", "gate", "prototypes"};
  return names;
}

const std::vector<std::string>& statistic_names() {
  static const std::vector<std::string> names = {"mean",    "mode",          "variance",
                                                 "entropy", "log_partition", "gated_mean"};
  return names;
}

namespace {

constexpr double kNothing = 40;  // standard deviations: phi is below the range of numbers

// phi(z). The square is split, so that its rounding does not reach the exponent.
double normal_density(double z) {
  if (std::abs(z) > kNothing) return 0;
  const double head = static_cast<float>(z), tail = (z - head) * (z + head);
  return libm::exp(-0.5 * head * head) * libm::exp(-0.5 * tail) / std::sqrt(2 * std::numbers::pi);
}

// Phi(-z) for z >= 0. The argument z/sqrt 2 of erfc is rounded, and far out erfc is so steep that this costs
// digits; the rounding error is corrected to first order.
double normal_tail(double z) {
  if (z > kNothing) return 0;
  constexpr double kRoot = std::numbers::sqrt2, kRootHead = 0x1.6a09e66p+0;
  constexpr double kRootRest = 0x1.fcef32422cbecp-30;  // sqrt 2 - kRootHead
  const double x = z / kRoot, head = static_cast<float>(x);
  const double lost = ((z - head * kRootHead) - (x - head) * kRootHead) - x * kRootRest;
  return 0.5 * libm::erfc(x) - normal_density(z) * lost;
}

// Mills' ratio times z is 1 - this, for z <= kAsymptotic: the first terms of its series are exact to rounding
// there (Abramowitz & Stegun 26.2.12).
constexpr double kAsymptotic = -35;
double mills_series(double z) {
  const double q = 1 / z / z;
  return q * (1 - q * (3 - q * (15 - q * (105 - q * (945 - q * 10395)))));
}

}  // namespace

double log_normal_cdf(double z) {
  if (z > 0) return libm::log1p(-normal_tail(z));
  if (z > kAsymptotic) return libm::log(normal_tail(-z));
  return -0.5 * z * z - libm::log(-z) - 0.5 * libm::log(2 * std::numbers::pi) + libm::log1p(-mills_series(z));
}

double normal_hazard(double z) {
  if (z <= kAsymptotic) return -z / (1 - mills_series(z));
  return normal_density(z) / (z > 0 ? 1 - normal_tail(z) : normal_tail(-z));
}

namespace {

// Fills `above` and `steeper` of the other hypothesis relative to the best one.
void gate_energies(const Hypotheses& h, Posterior& at) {
  const double z = at.z;
  const bool gaussian = h.kernel != nullptr;
  at.energy[0] = gaussian ? -log_normal_cdf(-z) : 0;
  at.energy[1] = gaussian ? -log_normal_cdf(z) : -z;
  at.slope[0] = gaussian ? normal_hazard(-z) : 0;
  at.slope[1] = gaussian ? -normal_hazard(z) : -1;
  at.best = at.energy[1] < at.energy[0] ? 1 : 0;
  const auto b = static_cast<std::size_t>(at.best);
  for (std::size_t j = 0; j < 2; ++j) {
    at.above[j] = at.energy[j] - at.energy[b];
    at.steeper[j] = at.slope[j] - at.slope[b];
  }
}

using Places = std::array<double, kMostHypotheses>;

void compare_with(std::size_t best, const Hypotheses& h, const Places& u, Posterior& at) {
  const double* shape = h.shape.data();
  at.best = static_cast<int>(best);
  at.above[best] = at.steeper[best] = 0;
  for (std::size_t j = 0; j < static_cast<std::size_t>(h.count); ++j) {
    if (j == best) continue;
    const double rest = (h.log_width[j] - h.log_width[best]) + (h.log_prior[best] - h.log_prior[j]);
    if (h.width[j] != h.width[best]) {  // then the leading terms far out do not cancel
      const double one = h.kernel->value(u[j], shape), other = h.kernel->value(u[best], shape);
      // Where both energies have overflowed, the nearer hypothesis counts as infinitely better.
      at.above[j] = std::isfinite(one) || std::isfinite(other)
                        ? one - other + rest
                        : std::copysign(one, std::abs(u[j]) - std::abs(u[best]));
      at.steeper[j] = at.slope[j] - at.slope[best];
      continue;
    }
    const double both = h.mu[j] + h.mu[best], scale = h.scale_of(j);
    const KernelPair pair{u[j], u[best], (2 * at.z - both) / scale, (h.mu[best] - h.mu[j]) / scale};
    at.above[j] = h.kernel->difference(pair, shape) + rest;
    at.steeper[j] = h.kernel->slope_difference(pair, shape) / scale;
  }
}

void kernel_energies(const Hypotheses& h, Posterior& at) {
  const auto count = static_cast<std::size_t>(h.count);
  const double* shape = h.shape.data();
  Places u{};
  std::size_t best = 0;
  for (std::size_t j = 0; j < count; ++j) {
    u[j] = (at.z - h.mu[j]) / h.scale_of(j);
    at.energy[j] = h.kernel->value(u[j], shape) + h.offset_of(j) - h.log_prior[j];
    at.slope[j] = h.kernel->slope(u[j], shape) / h.scale_of(j);
    if (at.energy[j] < at.energy[best]) best = j;
  }
  compare_with(best, h, u, at);
  // Rounding of huge energies may have made the second best look best; the differences, which are more exact,
  // correct this.
  const auto least = std::min_element(at.above.begin(), at.above.begin() + h.count);
  if (*least < 0) compare_with(static_cast<std::size_t>(least - at.above.begin()), h, u, at);
}

// r and -log r, from the energies above the best one; returns log sum_h exp(-above_h/tau). The best term is 1
// and the others are its rest: log(1 + rest) keeps what 1 + rest rounds away.
double share_out(const Hypotheses& h, Posterior& at) {
  const auto count = static_cast<std::size_t>(h.count);
  double rest = 0;
  for (std::size_t j = 0; j < count; ++j) {
    at.r[j] = libm::exp(-at.above[j] / h.tau);
    if (static_cast<int>(j) != at.best) rest += at.r[j];
  }
  const double log_total = libm::log1p(rest);
  for (std::size_t j = 0; j < count; ++j) {
    at.r[j] /= 1 + rest;
    at.surprise[j] = at.above[j] / h.tau + log_total;
  }
  return log_total;
}

// Mean and g - mean, computed relative to the best hypothesis so that no digits are lost where its r is
// nearly 1. Opposite signs use tanh instead, which keeps its digits where they balance.
void average(const Hypotheses& h, Posterior& at) {
  const auto count = static_cast<std::size_t>(h.count);
  const double best = h.g[static_cast<std::size_t>(at.best)];
  double moved = 0;
  for (std::size_t j = 0; j < count; ++j) {
    at.mean += at.r[j] * h.g[j];
    moved += at.r[j] * (h.g[j] - best);
  }
  if (count == 2 && h.g[0] == -h.g[1]) at.mean = h.g[1] * libm::tanh((at.above[0] - at.above[1]) / h.tau / 2);
  for (std::size_t j = 0; j < count; ++j) at.off[j] = (h.g[j] - best) - moved;
}

}  // namespace

Posterior posterior(const Hypotheses& h, double z) {
  Posterior at;
  at.z = z;
  h.kind == HypothesisKind::gate ? gate_energies(h, at) : kernel_energies(h, at);
  at.log_partition = h.tau * share_out(h, at) - at.energy[static_cast<std::size_t>(at.best)];
  average(h, at);
  double steeper = 0;
  const auto count = static_cast<std::size_t>(h.count);
  for (std::size_t j = 0; j < count; ++j) steeper += at.r[j] * at.steeper[j];
  for (std::size_t j = 0; j < count; ++j) {
    at.variance += at.r[j] * at.off[j] * at.off[j];
    at.pull -= at.r[j] * at.off[j] * (at.steeper[j] - steeper);
  }
  return at;
}

double value_of(const Hypotheses& h, const Posterior& at, Statistic statistic) {
  switch (statistic) {
    case Statistic::mean: return at.mean;
    case Statistic::mode: return h.g[static_cast<std::size_t>(at.best)];
    case Statistic::variance: return at.variance;
    case Statistic::log_partition: return at.log_partition;
    case Statistic::gated_mean: return at.z * at.mean;
    case Statistic::entropy: break;
  }
  double entropy = 0;
  for (std::size_t j = 0; j < static_cast<std::size_t>(h.count); ++j)
    if (at.r[j] > 0) entropy += at.r[j] * at.surprise[j];
  return entropy;
}

// dr_h/dz = -(r_h/tau) (d'_h - E[d']); the rest is the chain rule.
double derivative_of(const Hypotheses& h, const Posterior& at, Statistic statistic) {
  const auto count = static_cast<std::size_t>(h.count);
  double steeper = 0, slope = 0, out = 0;
  for (std::size_t j = 0; j < count; ++j) {
    steeper += at.r[j] * at.steeper[j];
    slope += at.r[j] * at.slope[j];
  }
  switch (statistic) {
    case Statistic::mode: return 0;
    case Statistic::mean: return at.pull / h.tau;
    case Statistic::gated_mean: return at.mean + at.z * (at.pull / h.tau);
    case Statistic::log_partition: return -slope;
    default: break;
  }
  for (std::size_t j = 0; j < count; ++j) {
    if (!(at.r[j] > 0)) continue;
    const double change = -at.r[j] * (at.steeper[j] - steeper) / h.tau;
    out += change * (statistic == Statistic::variance ? at.off[j] * at.off[j] : at.surprise[j]);
  }
  return out;
}

}  // namespace iem
