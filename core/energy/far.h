// Points so far from a prototype that |u|^2 overflows although a heavy-tailed energy does not: at |u| = 1e160
// the Student t energy is only a few hundred. There a radial energy is computed from |u| itself (math.md
// section 1): `far_kernel(rho, shape)` and `far_root_weight(rho, shape)` = sqrt(k'(u)/u), whose square may
// underflow. An energy that declares neither is evaluated from |u|^2 and is infinite where that overflows.
#pragma once

#include "core/math/simd.h"

namespace iem {

// The |u| from which on these functions are used. Squares of smaller numbers, divided by any reasonable
// shape, are far from overflow. It is a power of two so that scaling by it rounds nothing.
inline constexpr double kFar = 0x1p400;

template <class E>
inline constexpr bool kHasFar = requires(double rho, const double* shape) {
  E::far_kernel(rho, shape);
  E::far_root_weight(rho, shape);
};

// |u| without forming its square, which may overflow. NaN at the origin, which so counts as near.
template <class T>
IEM_INLINE T far_radius(T u0, T u1) {
  const T a = simd::abs(u0), b = simd::abs(u1);
  const T large = simd::select(a < b, b, a), ratio = simd::select(a < b, a, b) / large;
  return large * simd::sqrt(ratio * ratio + 1.0);
}

// kernel(u) for u of any size.
template <class E, class T>
IEM_INLINE T kernel_of(T u0, T u1, const double* shape) {
  const T near = E::kernel(u0, u1, shape);
  if constexpr (kHasFar<E>) {
    const T rho = far_radius(u0, u1);
    return simd::select(rho > kFar, E::far_kernel(rho, shape), near);
  } else {
    return near;
  }
}

// sqrt(k'(u)/u) for u of any size: w = v^2, w u = v (v u) and w u u^T = (v u)(v u)^T keep all their digits.
template <class E, class T>
IEM_INLINE T root_weight_of(T u0, T u1, const double* shape) {
  const T near = simd::sqrt(E::weight(u0 * u0 + u1 * u1, shape));
  if constexpr (kHasFar<E>) {
    const T rho = far_radius(u0, u1);
    return simd::select(rho > kFar, E::far_root_weight(rho, shape), near);
  } else {
    return near;
  }
}

}  // namespace iem
