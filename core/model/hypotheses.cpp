#include "core/model/hypotheses.h"

#include <algorithm>
#include <numbers>

#include "core/math/libm.h"

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

// Below -20 the first terms of the asymptotic series of Mills' ratio (Abramowitz & Stegun 26.2.12) are exact
// to rounding.
double log_normal_cdf(double z) {
  if (z > 5) return libm::log1p(-0.5 * libm::erfc(z / std::numbers::sqrt2));
  if (z > -20) return libm::log(0.5 * libm::erfc(-z / std::numbers::sqrt2));
  const double q = 1 / (z * z);
  const double series = q * (1 - q * (3 - q * (15 - q * (105 - q * (945 - q * 10395)))));
  return -0.5 * z * z - libm::log(-z) - 0.5 * libm::log(2 * std::numbers::pi) + libm::log1p(-series);
}

namespace {

// d log Phi(z)/dz = phi/Phi.
double normal_hazard(double z) {
  return libm::exp(-0.5 * z * z - 0.5 * libm::log(2 * std::numbers::pi) - log_normal_cdf(z));
}

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

void kernel_energies(const Hypotheses& h, Posterior& at) {
  const auto count = static_cast<std::size_t>(h.count);
  const double* shape = h.shape.data();
  std::array<double, kMostHypotheses> u{};
  std::size_t best = 0;
  for (std::size_t j = 0; j < count; ++j) {
    u[j] = (at.z - h.mu[j]) / h.scale_of(j);
    at.energy[j] = h.kernel->value(u[j], shape) + h.offset_of(j) - h.log_prior[j];
    at.slope[j] = h.kernel->slope(u[j], shape) / h.scale_of(j);
    if (at.energy[j] < at.energy[best]) best = j;
  }
  at.best = static_cast<int>(best);
  for (std::size_t j = 0; j < count; ++j) {
    if (j == best) continue;
    const double rest = (h.log_width[j] - h.log_width[best]) + (h.log_prior[best] - h.log_prior[j]);
    if (h.width[j] != h.width[best]) {  // then the leading terms far out do not cancel
      at.above[j] = h.kernel->value(u[j], shape) - h.kernel->value(u[best], shape) + rest;
      at.steeper[j] = at.slope[j] - at.slope[best];
      continue;
    }
    const double both = h.mu[j] + h.mu[best], scale = h.scale_of(j);
    const KernelPair pair{u[j], u[best], (2 * at.z - both) / scale, (h.mu[best] - h.mu[j]) / scale};
    at.above[j] = h.kernel->difference(pair, shape) + rest;
    at.steeper[j] = h.kernel->slope_difference(pair, shape) / scale;
  }
}

}  // namespace

Posterior posterior(const Hypotheses& h, double z) {
  Posterior at;
  at.z = z;
  h.kind == HypothesisKind::gate ? gate_energies(h, at) : kernel_energies(h, at);

  // Rounding of huge energies may have named the second best: the differences know better.
  const auto count = static_cast<std::size_t>(h.count);
  const double least = *std::min_element(at.above.begin(), at.above.begin() + h.count);
  double total = 0;
  for (std::size_t j = 0; j < count; ++j) total += at.r[j] = libm::exp((least - at.above[j]) / h.tau);
  for (std::size_t j = 0; j < count; ++j) at.r[j] /= total;
  at.log_partition = h.tau * libm::log(total) - (at.energy[static_cast<std::size_t>(at.best)] + least);

  double steeper = 0;
  for (std::size_t j = 0; j < count; ++j) {
    at.mean += at.r[j] * h.g[j];
    steeper += at.r[j] * at.steeper[j];
  }
  for (std::size_t j = 0; j < count; ++j) {
    const double off = h.g[j] - at.mean;
    at.variance += at.r[j] * off * off;
    at.pull -= at.r[j] * off * (at.steeper[j] - steeper);
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
    if (at.r[j] > 0) entropy -= at.r[j] * libm::log(at.r[j]);
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
    const double change = -at.r[j] * (at.steeper[j] - steeper) / h.tau, off = h.g[j] - at.mean;
    out += change * (statistic == Statistic::variance ? off * off : -libm::log(at.r[j]));
  }
  return out;
}

}  // namespace iem
