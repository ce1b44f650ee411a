// Eight doubles at a time. A formula written once as a template over T serves the scalar double (fields,
// tests, figures) and the Pack of the hot kernel.
//
// A Pack is always eight wide, whatever the instruction set: SSE2 takes four registers, AVX2 two, AVX-512
// one. The operations, their order and (with -ffp-contract=off) their roundings are therefore the same
// everywhere, and so are the bits of the result.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "core/base/libm.h"
#include "core/math/dual.h"

// Inlining is a matter of correctness here, not of speed: the same header is compiled for several instruction
// sets, and a function emitted out of line could be linked into code that runs on a machine without them.
#define IEM_INLINE [[gnu::always_inline]] inline

// The widest register of the instruction set this translation unit is compiled for. The namespace keeps the
// types of different instruction sets apart.
#if defined(__AVX512F__)
#define IEM_LANES lanes512
#define IEM_PART_BYTES 64
#elif defined(__AVX__)
#define IEM_LANES lanes256
#define IEM_PART_BYTES 32
#else
#define IEM_LANES lanes128
#define IEM_PART_BYTES 16
#endif

namespace iem::simd {
inline namespace IEM_LANES {

inline constexpr int kWidth = 8;
typedef double Part __attribute__((vector_size(IEM_PART_BYTES)));
typedef std::int64_t PartBits __attribute__((vector_size(IEM_PART_BYTES)));
inline constexpr int kParts = 64 / IEM_PART_BYTES;
inline constexpr int kPartWidth = kWidth / kParts;

// Eight doubles in as many registers as they take. (One 64-byte vector type would do on AVX-512 only:
// elsewhere the compiler takes it apart into scalars.)
struct Pack {
  Part part[kParts];
};
struct Mask {
  PartBits part[kParts];
};

// Evaluates one expression for every part of a Pack; the expression uses `i` as the number of the part.
#define IEM_EACH_PART(Result, expression)                                               \
  Result result;                                                                        \
  _Pragma("GCC unroll 4") for (int i = 0; i < kParts; ++i) result.part[i] = expression; \
  return result

IEM_INLINE Pack splat(double v) { IEM_EACH_PART(Pack, Part{} + v); }
IEM_INLINE Pack operator+(Pack a, Pack b) { IEM_EACH_PART(Pack, a.part[i] + b.part[i]); }
IEM_INLINE Pack operator-(Pack a, Pack b) { IEM_EACH_PART(Pack, a.part[i] - b.part[i]); }
IEM_INLINE Pack operator*(Pack a, Pack b) { IEM_EACH_PART(Pack, a.part[i] * b.part[i]); }
IEM_INLINE Pack operator/(Pack a, Pack b) { IEM_EACH_PART(Pack, a.part[i] / b.part[i]); }
IEM_INLINE Pack operator+(Pack a, double b) { IEM_EACH_PART(Pack, a.part[i] + b); }
IEM_INLINE Pack operator-(Pack a, double b) { IEM_EACH_PART(Pack, a.part[i] - b); }
IEM_INLINE Pack operator*(Pack a, double b) { IEM_EACH_PART(Pack, a.part[i] * b); }
IEM_INLINE Pack operator/(Pack a, double b) { IEM_EACH_PART(Pack, a.part[i] / b); }
IEM_INLINE Pack operator+(double a, Pack b) { IEM_EACH_PART(Pack, a + b.part[i]); }
IEM_INLINE Pack operator-(double a, Pack b) { IEM_EACH_PART(Pack, a - b.part[i]); }
IEM_INLINE Pack operator*(double a, Pack b) { IEM_EACH_PART(Pack, a * b.part[i]); }
IEM_INLINE Pack operator/(double a, Pack b) { IEM_EACH_PART(Pack, a / b.part[i]); }
IEM_INLINE Pack operator-(Pack a) { IEM_EACH_PART(Pack, -a.part[i]); }
IEM_INLINE Pack& operator+=(Pack& a, Pack b) { return a = a + b; }
IEM_INLINE Pack& operator-=(Pack& a, Pack b) { return a = a - b; }
IEM_INLINE Mask operator<(Pack a, Pack b) { IEM_EACH_PART(Mask, a.part[i] < b.part[i]); }
IEM_INLINE Mask operator>(Pack a, Pack b) { IEM_EACH_PART(Mask, a.part[i] > b.part[i]); }
IEM_INLINE Mask operator<(Pack a, double b) { IEM_EACH_PART(Mask, a.part[i] < b); }
IEM_INLINE Mask operator>(Pack a, double b) { IEM_EACH_PART(Mask, a.part[i] > b); }
IEM_INLINE Mask operator<=(Pack a, Pack b) { IEM_EACH_PART(Mask, a.part[i] <= b.part[i]); }
IEM_INLINE Mask operator<=(Pack a, double b) { IEM_EACH_PART(Mask, a.part[i] <= b); }

// Whether the condition holds in any lane.
IEM_INLINE bool any(Mask mask) {
  std::int64_t bits = 0;
  for (int i = 0; i < kParts; ++i)
    for (int lane = 0; lane < kPartWidth; ++lane) bits |= mask.part[i][lane];
  return bits != 0;
}

// condition ? a : b, lane by lane. SSE2 has no blend instruction and the compiler would branch for every
// lane, so there the bits are selected by masks.
IEM_INLINE double select(bool condition, double a, double b) { return condition ? a : b; }
#if defined(__AVX__)
IEM_INLINE Pack select(Mask condition, Pack a, Pack b) {
  IEM_EACH_PART(Pack, condition.part[i] ? a.part[i] : b.part[i]);
}
#else
IEM_INLINE Pack select(Mask condition, Pack a, Pack b) {
  IEM_EACH_PART(Pack, reinterpret_cast<Part>((condition.part[i] & reinterpret_cast<PartBits>(a.part[i])) |
                                             (~condition.part[i] & reinterpret_cast<PartBits>(b.part[i]))));
}
#endif

IEM_INLINE double sqrt(double x) { return std::sqrt(x); }
IEM_INLINE Part part_sqrt(Part x) {
  Part y;
#pragma GCC unroll 8
  for (int i = 0; i < kPartWidth; ++i) y[i] = __builtin_sqrt(x[i]);
  return y;
}
IEM_INLINE Pack sqrt(Pack x) { IEM_EACH_PART(Pack, part_sqrt(x.part[i])); }

template <class T>
IEM_INLINE T abs(T x) {
  return simd::select(x < 0.0, -x, x);
}
template <class T>
IEM_INLINE T min(T a, T b) {
  return simd::select(b < a, b, a);
}
// -1, 0 or 1.
template <class T>
IEM_INLINE T sign(T x) {
  const T zero = x * 0.0;
  return simd::select(x > 0.0, zero + 1.0, simd::select(x < 0.0, zero - 1.0, zero));
}

namespace detail {
inline constexpr double kRoundToInteger = 0x1.8p52;  // adding it leaves the nearest integer in the low bits
inline constexpr double kLn2High = 0x1.62e42fefa3800p-1, kLn2Low = 0x1.ef35793c76730p-45;  // W. J. Cody
inline constexpr double kLog2E = 0x1.71547652b82fep+0;
}  // namespace detail

// p * 2^n, n in the low bits of `shifted`.
IEM_INLINE Pack times_power_of_two(Pack p, Pack shifted) {
  IEM_EACH_PART(Pack, reinterpret_cast<Part>(reinterpret_cast<PartBits>(p.part[i]) +
                                             (reinterpret_cast<PartBits>(shifted.part[i]) << 52)));
}

// e^x for x <= 709. Below -708, where results would be subnormal, exactly 0. Relative error under 2^-52.
// Cody-Waite reduction x = n ln 2 + r, |r| <= ln(2)/2, then the Taylor polynomial of degree 13 (truncation
// 4e-18). Several packs are computed in lock-step: while one waits for its last product, the processor works
// on the others.
template <int N>
IEM_INLINE void exp_each(Pack (&x)[N]) {
  using namespace detail;
  constexpr double kTaylor[] = {
      1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
      1.0 / 720,       1.0 / 120,      1.0 / 24,      1.0 / 6,      0.5};
  Mask too_small[N];
  Pack shifted[N], r[N], p[N];
#pragma GCC unroll 4
  for (int k = 0; k < N; ++k) {
    too_small[k] = x[k] < -708.0;
    x[k] = select(too_small[k], splat(-708.0), x[k]);
    shifted[k] = x[k] * kLog2E + kRoundToInteger;
    const Pack n = shifted[k] - kRoundToInteger;
    r[k] = (x[k] - n * kLn2High) - n * kLn2Low;
    p[k] = splat(1.0 / 6227020800);
  }
#pragma GCC unroll 16
  for (double c : kTaylor)
#pragma GCC unroll 4
    for (int k = 0; k < N; ++k) p[k] = p[k] * r[k] + c;
#pragma GCC unroll 4
  for (int k = 0; k < N; ++k) {
    p[k] = (p[k] * r[k] * r[k] + r[k]) + 1.0;
    x[k] = select(too_small[k], splat(0.0), times_power_of_two(p[k], shifted[k]));
  }
}
IEM_INLINE Pack exp(Pack x) {
  Pack one[1] = {x};
  exp_each(one);
  return one[0];
}
IEM_INLINE double exp(double x) { return libm::exp(x); }

// x = mantissa 2^exponent, mantissa in [1, 2). The exponent becomes a double without an integer conversion,
// which SSE2 does not have for 64 bits.
IEM_INLINE Pack exponent(Pack x) {
  IEM_EACH_PART(Pack, reinterpret_cast<Part>(((reinterpret_cast<PartBits>(x.part[i]) >> 52) & 0x7ff) |
                                             std::int64_t{0x4330000000000000}) -
                          (0x1p52 + 1023.0));
}
IEM_INLINE Pack mantissa(Pack x) {
  IEM_EACH_PART(Pack, reinterpret_cast<Part>((reinterpret_cast<PartBits>(x.part[i]) & 0xfffffffffffff) |
                                             std::int64_t{0x3ff0000000000000}));
}

// log x for positive normal x; infinity and NaN stay what they are, so that a run that overflows is noticed.
// Absolute error under 2^-52 max(1, |log x|). x = 2^e m, m in [1/sqrt 2, sqrt 2); log m = 2 atanh(s), s =
// (m-1)/(m+1), as its series to s^21.
IEM_INLINE Pack log(Pack x) {
  using namespace detail;
  Pack e = exponent(x);
  Pack m = mantissa(x);
  const Mask high = m > 1.4142135623730951;
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
  return select(x < __builtin_inf(), e * kLn2High + (s * 2.0 + (p + e * kLn2Low)), x);
}
IEM_INLINE double log(double x) { return libm::log(x); }

// log(1 + x) for x >= 0, with all the digits of a small x: what 1 + x has rounded away is added again.
IEM_INLINE Pack log1p(Pack x) {
  const Pack sum = x + 1.0;
  return select(x < __builtin_inf(), log(sum) + (x - (sum - 1.0)) / sum, x);
}
IEM_INLINE double log1p(double x) { return libm::log1p(x); }

// The sum of the eight lanes, always in this order.
IEM_INLINE double sum(Pack v) {
  double lane[kWidth];
  __builtin_memcpy(lane, &v, sizeof lane);
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

#undef IEM_EACH_PART
#undef IEM_PART_BYTES

}  // namespace IEM_LANES
}  // namespace iem::simd
