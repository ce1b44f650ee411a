#include "core/math/log_sum_exp.h"

#include <algorithm>
#include <vector>

#include "core/base/check.h"
#include "core/base/libm_complex.h"

namespace iem {

double log_sum_exp(std::span<const double> d, double tau, std::span<double> r) {
  IEM_CHECK(!d.empty() && tau > 0 && r.size() == d.size());
  const auto best = std::min_element(d.begin(), d.end());
  const auto chosen = static_cast<std::size_t>(best - d.begin());
  double z = 0, rest = 0;  // z = 1 + rest
  for (std::size_t j = 0; j < d.size(); ++j) {
    z += r[j] = libm::exp((*best - d[j]) / tau);
    if (j != chosen) rest += r[j];
  }
  for (double& value : r) value /= z;
  return tau * libm::log1p(rest) - *best;
}

std::complex<double> log_sum_exp(std::span<const std::complex<double>> d, double tau) {
  IEM_CHECK(!d.empty() && tau > 0);
  double least = d[0].real();
  for (const auto& value : d) least = std::min(least, value.real());
  std::complex<double> z = 0;
  for (const auto& value : d) z += libm::exp((least - value) / tau);
  return tau * libm::log(z) - least;
}

}  // namespace iem
