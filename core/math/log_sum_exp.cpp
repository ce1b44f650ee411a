#include "core/math/log_sum_exp.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/check.h"
#include "core/base/libm_complex.h"

namespace iem {
namespace {

struct SoftmaxSum {
  double least = 0, rest = 0;  // the lowest energy, and the sum of the terms of all others
};

// Fills r.
SoftmaxSum softmax_sum(std::span<const double> d, double tau, std::span<double> r) {
  IEM_CHECK(!d.empty() && tau > 0 && r.size() == d.size());
  const auto chosen = static_cast<std::size_t>(std::min_element(d.begin(), d.end()) - d.begin());
  SoftmaxSum sum{.least = d[chosen]};
  double z = 0;  // 1 + rest
  for (std::size_t j = 0; j < d.size(); ++j) {
    // e^0 is 1 exactly; what is not finite stays so.
    z += r[j] = j == chosen ? 1 + (sum.least - d[j]) : libm::exp((sum.least - d[j]) / tau);
    if (j != chosen) sum.rest += r[j];
  }
  for (double& value : r) value /= z;
  return sum;
}

}  // namespace

double log_sum_exp(std::span<const double> d, double tau, std::span<double> r) {
  const SoftmaxSum sum = softmax_sum(d, tau, r);
  return tau * libm::log1p(sum.rest) - sum.least;
}

bool softmax(std::span<const double> d, double tau, std::span<double> r) {
  const SoftmaxSum sum = softmax_sum(d, tau, r);
  return std::isfinite(sum.rest) && std::isfinite(sum.least);
}

std::complex<double> log_sum_exp(std::span<const std::complex<double>> d, double tau) {
  IEM_CHECK(!d.empty() && tau > 0);
  double least = d[0].real();
  for (const auto& value : d) least = std::min(least, value.real());
  std::complex<double> z = 0;
  for (const auto& value : d) z += libm::exp((least - value) / tau);
  return tau * libm::log(z) - least;
}

void log_sum_exp_derivatives(std::span<const double> d, double tau, std::span<double> out) {
  IEM_CHECK(!d.empty() && tau > 0 && out.size() == d.size());
  const double h = libm::kComplexStep * tau, least = *std::min_element(d.begin(), d.end());
  std::vector<double> terms(d.size());
  for (std::size_t j = 0; j < d.size(); ++j) terms[j] = libm::exp((least - d[j]) / tau);
  for (std::size_t j = 0; j < d.size(); ++j) {
    std::complex<double> z = 0;
    for (std::size_t k = 0; k < d.size(); ++k)
      z += k == j ? libm::exp((least - std::complex<double>(d[j], h)) / tau) : terms[k];
    out[j] = (tau * libm::log(z) - least).imag() / h;
  }
}

bool energies_can_step(double tau) { return libm::kComplexStep * tau >= std::numeric_limits<double>::min(); }

}  // namespace iem
