// The logistic function, which overflows nowhere.
#pragma once

#include <cmath>

#include "core/base/libm.h"

namespace iem {

// 1 / (1 + e^-t)
inline double sigmoid(double t) {
  const double e = libm::exp(-std::abs(t));
  return t > 0 ? 1 / (1 + e) : e / (1 + e);
}

}  // namespace iem
