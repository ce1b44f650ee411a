// The distance d = phi(z) that is made of the signed coordinate z = w.x + b of a point across a line (math.md
// section 9), and its slope phi'(z). Written once for doubles, the lanes of the kernel and dual numbers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/math/simd.h"

namespace iem {

enum class LineDistance : std::uint8_t { abs, square, relu, softplus };
const std::vector<std::string>& line_distance_names();  // in the order of the enum

// d = phi(z). A z that is not a number stays one.
template <LineDistance D, class T>
IEM_INLINE T line_distance(T z) {
  if constexpr (D == LineDistance::abs) return simd::abs(z);
  if constexpr (D == LineDistance::square) return z * z * 0.5;
  const T positive = simd::select(z <= 0.0, z * 0.0 + 0.0, z);
  if constexpr (D == LineDistance::relu) return positive;
  return positive + simd::log1p(simd::exp(-simd::abs(z)));  // log(1 + e^z) without overflow
}

// dd/dz; 0 where abs and relu have their kink.
template <LineDistance D, class T>
IEM_INLINE T line_slope(T z) {
  if constexpr (D == LineDistance::abs) return simd::sign(z);
  if constexpr (D == LineDistance::square) return z;
  const T zero = z * 0.0;
  if constexpr (D == LineDistance::relu) return simd::select(z > 0.0, zero + 1.0, zero + 0.0);
  const T e = simd::exp(-simd::abs(z));
  return simd::select(z > 0.0, zero + 1.0, e) / (e + 1.0);
}

// Calls work.template operator()<D>() with D = distance.
template <class Work>
IEM_INLINE auto with_line_distance(LineDistance distance, const Work& work) {
  switch (distance) {
    case LineDistance::abs: return work.template operator()<LineDistance::abs>();
    case LineDistance::square: return work.template operator()<LineDistance::square>();
    case LineDistance::relu: return work.template operator()<LineDistance::relu>();
    case LineDistance::softplus: break;
  }
  return work.template operator()<LineDistance::softplus>();
}

double line_distance(LineDistance distance, double z);
double line_slope(LineDistance distance, double z);

}  // namespace iem
