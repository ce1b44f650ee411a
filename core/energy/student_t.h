// Student t energy: kernel(u) = (nu+2)/2 log(1 + |u|^2/nu), nu > 0 (math.md section 1). The farther a point
// is, the less weight it has.
#pragma once

#include "core/math/simd.h"

namespace iem {

struct EnergyText;

struct StudentT {
  static constexpr bool radial = true, unit_weight = false;
  template <class T>
  IEM_INLINE static T kernel(T u0, T u1, const double* shape) {
    const double nu = shape[0];
    const T ratio = (u0 * u0 + u1 * u1) / nu;
    if (nu > kNearlyGaussian) return simd::log1p(ratio) * (0.5 * (nu + 2));
    return simd::log(ratio + 1.0) * (0.5 * (nu + 2));
  }
  template <class T>
  IEM_INLINE static T weight(T rho2, const double* shape) {
    return (shape[0] + 2) / (rho2 + shape[0]);
  }
  template <class T>
  IEM_INLINE static T far_kernel(T rho, const double* shape) {
    const double nu = shape[0];
    const T t = rho / simd::sqrt(nu);
    return simd::select(t > kTail, simd::log(t) * 2.0, simd::log1p(t * t)) * (0.5 * (nu + 2));
  }
  template <class T>
  IEM_INLINE static T far_root_weight(T rho, const double* shape) {
    const double nu = shape[0];
    const T t = rho / simd::sqrt(nu);
    return simd::sqrt((nu + 2) / nu) / simd::select(t > kTail, t, simd::sqrt(t * t + 1.0));
  }
  static double constant_2d(const double* shape);
  static double constant_1d(const double* shape);
  static EnergyText text();

 private:
  // Above this nu, log(1 + rho^2/nu) times nu/2 would lose more than three digits at a rho near 1.
  static constexpr double kNearlyGaussian = 4096;
  static constexpr double kTail = 1e10;  // from where on 1 + t^2 is t^2 to the last bit
};

}  // namespace iem
