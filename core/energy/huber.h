// Huber energy: |u|^2/2 up to |u| = c, then c(|u| - c/2) (math.md section 1; Huber 1964).
#pragma once

#include "core/math/simd.h"

namespace iem {

struct EnergyText;
struct Parameter;

struct Huber {
  static constexpr bool radial = true, unit_weight = false;
  template <class T>
  IEM_INLINE static T kernel(T u0, T u1, const double* shape) {
    const double c = shape[0];
    const T rho2 = u0 * u0 + u1 * u1;
    return simd::select(rho2 <= c * c, rho2 * 0.5, (simd::sqrt(rho2) - 0.5 * c) * c);
  }
  template <class T>
  IEM_INLINE static T weight(T rho2, const double* shape) {
    const double c = shape[0];
    const T one = rho2 * 0.0 + 1.0;
    return simd::select(rho2 <= c * c, one, c / simd::sqrt(rho2));
  }
  template <class T>
  IEM_INLINE static T far_kernel(T rho, const double* shape) {
    const double c = shape[0];
    return simd::select(rho <= c, rho * rho * 0.5, (rho - 0.5 * c) * c);
  }
  template <class T>
  IEM_INLINE static T far_root_weight(T rho, const double* shape) {
    const double c = shape[0];
    return simd::select(rho <= c, rho * 0.0 + 1.0, simd::sqrt(c / rho));
  }
  static double constant_2d(const double* shape);
  static double constant_1d(const double* shape);
  static EnergyText text();
};

Parameter huber_threshold();  // model.huber_c, which pseudo_huber reads too

}  // namespace iem
