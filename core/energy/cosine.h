// Cosine energy: kappa (1 - cos angle(x, mu)) (the exponent of a von Mises density). Only directions count:
// with points and prototypes moved onto the unit circle, x^ = x/|x|, it is kappa/2 |x^ - mu^|^2, a gaussian
// kernel in the difference u = x^ - mu^. It is unnormalised and has no covariance.
#pragma once

#include "core/math/simd.h"

namespace iem {

struct EnergyText;

struct Cosine {
  static constexpr bool radial = true, unit_weight = false, on_circle = true;
  template <class T>
  IEM_INLINE static T kernel(T u0, T u1, const double* shape) {
    return (u0 * u0 + u1 * u1) * (0.5 * shape[0]);
  }
  template <class T>
  IEM_INLINE static T weight(T rho2, const double* shape) {
    return rho2 * 0.0 + shape[0];
  }
  static double constant_2d(const double* shape);
  static double constant_1d(const double* shape);
  static EnergyText text();
};

}  // namespace iem
