// The elementary functions, with the same bits on every machine. The C library's own exp, log, sin ... come
// in several versions and it picks one by processor (with or without fused multiply-add); another C library
// rounds differently again, and so may the compiler where it folds constants. The same run would then end
// with another hash on another machine. These functions are musl's, compiled into the program
// (cmake/libm.cmake).
//
// Nothing in core/ calls std::exp and its like (tests/core/base/libm_test.cpp looks). What IEEE 754 defines
// to the last bit stays as it is: std::sqrt, abs, floor, round, remainder, frexp, ldexp.
#pragma once

extern "C" {
double iem_libm_exp(double);
double iem_libm_expm1(double);
double iem_libm_log(double);
double iem_libm_log10(double);
double iem_libm_log1p(double);
double iem_libm_pow(double, double);
double iem_libm_cbrt(double);
double iem_libm_hypot(double, double);
double iem_libm_sin(double);
double iem_libm_cos(double);
double iem_libm_atan(double);
double iem_libm_atan2(double, double);
double iem_libm_sinh(double);
double iem_libm_tanh(double);
double iem_libm_erf(double);
double iem_libm_erfc(double);
double iem_libm_lgamma_r(double, int* sign);
}

// Arguments, results and special values as in <cmath>; errno is left alone.
namespace iem::libm {

inline double exp(double x) { return iem_libm_exp(x); }
inline double expm1(double x) { return iem_libm_expm1(x); }
inline double log(double x) { return iem_libm_log(x); }
inline double log10(double x) { return iem_libm_log10(x); }
inline double log1p(double x) { return iem_libm_log1p(x); }
inline double pow(double x, double y) { return iem_libm_pow(x, y); }
inline double cbrt(double x) { return iem_libm_cbrt(x); }
inline double hypot(double x, double y) { return iem_libm_hypot(x, y); }
inline double sin(double x) { return iem_libm_sin(x); }
inline double cos(double x) { return iem_libm_cos(x); }
inline double atan(double x) { return iem_libm_atan(x); }
inline double atan2(double y, double x) { return iem_libm_atan2(y, x); }
inline double sinh(double x) { return iem_libm_sinh(x); }
inline double tanh(double x) { return iem_libm_tanh(x); }
inline double erf(double x) { return iem_libm_erf(x); }
inline double erfc(double x) { return iem_libm_erfc(x); }
// log |Gamma(x)|; unlike std::lgamma it writes no global variable.
inline double lgamma(double x) {
  int sign;
  return iem_libm_lgamma_r(x, &sign);
}

// exp as a function object: array.unaryExpr(libm::Exp()) for Eigen's array.exp(), which has an exp of its own
// for every instruction set.
struct Exp {
  double operator()(double x) const { return exp(x); }
};

}  // namespace iem::libm
