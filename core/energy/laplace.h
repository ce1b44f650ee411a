// Laplace energy: kernel(u) = |u_0| + |u_1| (math.md section 1). Level sets are diamonds in the component's
// own frame.
#pragma once

#include "core/math/simd.h"

namespace iem {

struct EnergyText;

struct Laplace {
  static constexpr bool radial = false, unit_weight = false;
  template <class T>
  IEM_INLINE static T kernel(T u0, T u1, const double*) {
    return simd::abs(u0) + simd::abs(u1);
  }
  template <class T>
  IEM_INLINE static void gradient(T u0, T u1, const double*, T& g0, T& g1) {
    g0 = simd::sign(u0);
    g1 = simd::sign(u1);
  }
  static double constant_2d(const double* shape);
  static double constant_1d(const double* shape);
  static EnergyText text();
};

}  // namespace iem
