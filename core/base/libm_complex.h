// exp, log and sqrt of complex numbers by the real functions of libm.h, for derivatives by complex step.
#pragma once

#include <cmath>
#include <complex>

#include "core/base/libm.h"

namespace iem::libm {

// The h of f'(x) = Im f(x + ih)/h, in units of x: h^2 is below every rounding, and nothing is lost to it.
inline constexpr double kComplexStep = 1e-150;

inline std::complex<double> exp(std::complex<double> z) {
  const double size = exp(z.real());
  return {size * cos(z.imag()), size * sin(z.imag())};
}

inline std::complex<double> log(std::complex<double> z) {
  return {log(hypot(z.real(), z.imag())), atan2(z.imag(), z.real())};
}

// The square root w with Re w >= 0. The larger of its two parts is sqrt((|z| + |Re z|)/2), in which nothing
// cancels; the other follows from 2 Re w Im w = Im z.
inline std::complex<double> sqrt(std::complex<double> z) {
  const double large = std::sqrt(0.5 * (hypot(z.real(), z.imag()) + std::abs(z.real())));
  if (large == 0) return 0;
  const double small = 0.5 * std::abs(z.imag()) / large;
  const double re = z.real() >= 0 ? large : small, im = z.real() >= 0 ? small : large;
  return {re, std::copysign(im, z.imag())};
}

}  // namespace iem::libm
