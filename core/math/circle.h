// The point of the unit circle in the direction of (x, y), which must not be the origin.
#pragma once

#include <cmath>

#include "core/kernel/lanes.h"

namespace iem {

template <class T>
IEM_INLINE void move_to_circle(T& x, T& y) {
  const T length = lanes::sqrt(x * x + y * y);
  x = x / length;
  y = y / length;
}

}  // namespace iem
