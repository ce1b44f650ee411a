// Eight doubles at a time. A formula written once as a template over T serves the scalar double (fields, tests, figures)
// and the Pack of the hot kernel.
//
// A Pack is always eight wide, whatever the instruction set: SSE2 takes four registers, AVX2 two, AVX-512 one. The
// operations, their order and (with -ffp-contract=off) their roundings are therefore the same everywhere, and so are
// the bits of the result.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

// Inlining is a matter of correctness here, not of speed: the same header is compiled for several instruction sets, and a
// function emitted out of line could be linked into code that runs on a machine without them.
#define IEM_INLINE [[gnu::always_inline]] inline

namespace iem::lanes {

inline constexpr int kWidth = 8;
typedef double Pack __attribute__((vector_size(64)));
typedef std::int64_t PackBits __attribute__((vector_size(64)));

IEM_INLINE Pack splat(double v) { return Pack{v, v, v, v, v, v, v, v}; }

// condition ? a : b, lane by lane.
IEM_INLINE double select(bool condition, double a, double b) { return condition ? a : b; }
IEM_INLINE Pack select(PackBits condition, Pack a, Pack b) { return condition ? a : b; }

IEM_INLINE double sqrt(double x) { return std::sqrt(x); }
IEM_INLINE Pack sqrt(Pack x) {
  Pack y;
  for (int i = 0; i < kWidth; ++i) y[i] = __builtin_sqrt(x[i]);
  return y;
}

template <class T>
IEM_INLINE T abs(T x) {
  return select(x < 0.0, -x, x);
}
template <class T>
IEM_INLINE T min(T a, T b) {
  return select(b < a, b, a);
}
// -1, 0 or 1.
template <class T>
IEM_INLINE T sign(T x) {
  const T zero = x * 0.0;
  return select(x > 0.0, zero + 1.0, select(x < 0.0, zero - 1.0, zero));
}

namespace detail {
inline constexpr double kRoundToInteger = 0x1.8p52;  // adding it leaves the nearest integer in the low bits
inline constexpr double kLn2High = 0x1.62e42fefa3800p-1, kLn2Low = 0x1.ef35793c76730p-45;  // W. J. Cody
inline constexpr double kLog2E = 0x1.71547652b82fep+0;
}  // namespace detail

// e^x for x <= 709. Below -708, where results would be subnormal, exactly 0. Relative error under 2^-52.
// Cody-Waite reduction x = n ln 2 + r, |r| <= ln(2)/2, then the Taylor polynomial of degree 13 (truncation 4e-18).
IEM_INLINE Pack exp(Pack x) {
  using namespace detail;
  const PackBits too_small = x < -708.0;
  x = select(too_small, splat(-708.0), x);
  const Pack shifted = x * kLog2E + kRoundToInteger;
  const Pack n = shifted - kRoundToInteger;
  const Pack r = (x - n * kLn2High) - n * kLn2Low;
  Pack p = splat(1.0 / 6227020800);
  p = p * r + 1.0 / 479001600;
  p = p * r + 1.0 / 39916800;
  p = p * r + 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = (p * r * r + r) + 1.0;
  const Pack scaled = reinterpret_cast<Pack>(reinterpret_cast<PackBits>(p) + (reinterpret_cast<PackBits>(shifted) << 52));
  return select(too_small, splat(0.0), scaled);
}
IEM_INLINE double exp(double x) { return std::exp(x); }

// log x for positive normal x. Absolute error under 2^-52 max(1, |log x|).
// x = 2^e m, m in [1/sqrt 2, sqrt 2); log m = 2 atanh(s), s = (m-1)/(m+1), as its series to s^21.
IEM_INLINE Pack log(Pack x) {
  using namespace detail;
  const PackBits bits = reinterpret_cast<PackBits>(x);
  // The exponent as a double without an integer conversion (SSE2 has none for 64 bits).
  Pack e = reinterpret_cast<Pack>(((bits >> 52) & 0x7ff) | std::int64_t{0x4330000000000000}) - (0x1p52 + 1023.0);
  Pack m = reinterpret_cast<Pack>((bits & 0xfffffffffffff) | std::int64_t{0x3ff0000000000000});
  const PackBits high = m > 1.4142135623730951;
  m = select(high, m * 0.5, m);
  e = select(high, e + 1.0, e);
  const Pack f = m - 1.0;
  const Pack s = f / (f + 2.0);
  const Pack z = s * s;
  Pack p = splat(2.0 / 21);
  p = p * z + 2.0 / 19;
  p = p * z + 2.0 / 17;
  p = p * z + 2.0 / 15;
  p = p * z + 2.0 / 13;
  p = p * z + 2.0 / 11;
  p = p * z + 2.0 / 9;
  p = p * z + 2.0 / 7;
  p = p * z + 2.0 / 5;
  p = p * z + 2.0 / 3;
  p = p * z * s;
  return e * kLn2High + (s * 2.0 + (p + e * kLn2Low));
}
IEM_INLINE double log(double x) { return std::log(x); }

// The sum of the eight lanes, always in this order.
IEM_INLINE double sum(Pack v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

}  // namespace iem::lanes
