// Gaussian energy: kernel(u) = |u|^2 / 2 (math.md section 1).
#pragma once

#include "core/math/simd.h"

namespace iem {

struct EnergyText;

struct Gaussian {
  static constexpr bool radial = true, unit_weight = true;
  template <class T>
  IEM_INLINE static T kernel(T u0, T u1, const double*) {
    return (u0 * u0 + u1 * u1) * 0.5;
  }
  static double constant_2d(const double* shape);
  static double constant_1d(const double* shape);
  static EnergyText text();
};

}  // namespace iem
