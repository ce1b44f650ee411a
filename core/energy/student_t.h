// Student t energy: kernel(u) = (nu+2)/2 log(1 + |u|^2/nu), nu > 0 (math.md section 1). Far points pull ever
// less.
#pragma once

#include "core/kernel/lanes.h"

namespace iem {

struct EnergyText;

struct StudentT {
  static constexpr bool radial = true, unit_weight = false;
  template <class T>
  IEM_INLINE static T kernel(T u0, T u1, const double* shape) {
    const double nu = shape[0];
    return lanes::log((u0 * u0 + u1 * u1) / nu + 1.0) * (0.5 * (nu + 2));
  }
  template <class T>
  IEM_INLINE static T weight(T rho2, const double* shape) {
    return (shape[0] + 2) / (rho2 + shape[0]);
  }
  static double constant_2d(const double* shape);
  static double constant_1d(const double* shape);
  static EnergyText text();
};

}  // namespace iem
