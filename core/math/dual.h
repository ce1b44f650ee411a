// Forward-mode automatic differentiation with one direction: value and derivative travel together (Wengert
// 1964). Used where a closed-form gradient is checked against an independent computation; exact to rounding,
// kinks included.
#pragma once

#include <cmath>

#include "core/base/libm.h"

namespace iem {

struct Dual {
  double v = 0;  // value
  double d = 0;  // derivative along the chosen direction
};

inline Dual operator+(Dual a, Dual b) { return {a.v + b.v, a.d + b.d}; }
inline Dual operator-(Dual a, Dual b) { return {a.v - b.v, a.d - b.d}; }
inline Dual operator*(Dual a, Dual b) { return {a.v * b.v, a.d * b.v + a.v * b.d}; }
inline Dual operator/(Dual a, Dual b) { return {a.v / b.v, (a.d - a.v / b.v * b.d) / b.v}; }
inline Dual operator-(Dual a) { return {-a.v, -a.d}; }
inline Dual operator+(Dual a, double b) { return {a.v + b, a.d}; }
inline Dual operator-(Dual a, double b) { return {a.v - b, a.d}; }
inline Dual operator*(Dual a, double b) { return {a.v * b, a.d * b}; }
inline Dual operator/(Dual a, double b) { return {a.v / b, a.d / b}; }
inline Dual operator+(double a, Dual b) { return b + a; }
inline Dual operator-(double a, Dual b) { return {a - b.v, -b.d}; }
inline Dual operator*(double a, Dual b) { return b * a; }
inline Dual operator/(double a, Dual b) { return Dual{a, 0} / b; }
inline bool operator<(Dual a, Dual b) { return a.v < b.v; }
inline bool operator<(Dual a, double b) { return a.v < b; }
inline bool operator>(Dual a, double b) { return a.v > b; }
inline bool operator<=(Dual a, double b) { return a.v <= b; }

namespace simd {
// Where exp underflows to 0 its slope is 0 too, even if the energy in x has overflowed and x.d is infinite.
inline Dual exp(Dual x) {
  const double e = libm::exp(x.v);
  return {e, e == 0 ? 0 : e * x.d};
}
inline Dual log(Dual x) { return {libm::log(x.v), x.d / x.v}; }
inline Dual log1p(Dual x) { return {libm::log1p(x.v), x.d / (1 + x.v)}; }
inline Dual sqrt(Dual x) {
  const double root = std::sqrt(x.v);
  return {root, root > 0 ? x.d / (2 * root) : 0};
}
// 0 at the kink, as the energies have it.
inline Dual abs(Dual x) { return {std::abs(x.v), x.v > 0 ? x.d : x.v < 0 ? -x.d : 0}; }
inline Dual select(bool condition, Dual a, Dual b) { return condition ? a : b; }
}  // namespace simd

}  // namespace iem
