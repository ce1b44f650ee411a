// Pseudo-Huber energy: c^2 (sqrt(1 + |u|^2/c^2) - 1) (math.md section 1), the smooth version of huber.h.
#pragma once

#include "core/math/simd.h"

namespace iem {

struct EnergyText;

struct PseudoHuber {
  static constexpr bool radial = true, unit_weight = false;
  template <class T>
  IEM_INLINE static T kernel(T u0, T u1, const double* shape) {
    const double c2 = shape[0] * shape[0];
    const T rho2 = u0 * u0 + u1 * u1;
    // c^2 (s - 1) = rho^2 / (s + 1): no cancellation near the prototype.
    return rho2 / (simd::sqrt(rho2 / c2 + 1.0) + 1.0);
  }
  template <class T>
  IEM_INLINE static T weight(T rho2, const double* shape) {
    return 1.0 / simd::sqrt(rho2 / (shape[0] * shape[0]) + 1.0);
  }
  template <class T>
  IEM_INLINE static T far_kernel(T rho, const double* shape) {
    const double c = shape[0];
    const T t = rho / c;
    return simd::select(t > kTail, (rho - c) * c, rho / (simd::sqrt(t * t + 1.0) + 1.0) * rho);
  }
  template <class T>
  IEM_INLINE static T far_root_weight(T rho, const double* shape) {
    const T t = rho / shape[0];
    return 1.0 / simd::sqrt(simd::select(t > kTail, t, simd::sqrt(t * t + 1.0)));
  }
  static double constant_2d(const double* shape);
  static double constant_1d(const double* shape);
  static EnergyText text();

 private:
  static constexpr double kTail = 1e10;  // from here on 1 + t^2 equals t^2 to the last bit
};

}  // namespace iem
