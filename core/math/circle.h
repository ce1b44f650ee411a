// The point of the unit circle in the direction of (x, y), which must not be the origin.
#pragma once

#include <cmath>

#include "core/math/simd.h"

namespace iem {

template <class T>
IEM_INLINE void move_to_circle(T& x, T& y) {
  T square = x * x + y * y;
  if (!(square > 1e-280) || square > 1e280) {  // near the ends of the range: only the ratio counts
    const T ax = simd::abs(x), ay = simd::abs(y), large = simd::select(ax < ay, ay, ax);
    x = x / large;
    y = y / large;
    square = x * x + y * y;
  }
  const T length = simd::sqrt(square);
  x = x / length;
  y = y / length;
}

}  // namespace iem
