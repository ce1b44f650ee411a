// The elementary functions: accurate, with these very bits on every machine, and the only ones the core
// calls.
#include "core/base/libm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

#include "core/base/hash.h"
#include "core/base/libm_complex.h"
#include "core/base/random.h"

namespace iem {
namespace {

using Real = long double;

struct LibmFunction {
  const char* name;
  double (*function)(double);
  Real (*reference)(Real);
  double least, greatest;  // of the arguments
  double ulps;             // error bound, units in the last place
  const char* bits;        // hash of 20000 values
};

constexpr int kValues = 20000;

// Even steps over the range, with low bits in them.
double argument(const LibmFunction& f, int i) {
  return f.least + (f.greatest - f.least) * ((i + 1 / std::numbers::phi) / kValues);
}

const LibmFunction kLibmFunctions[] = {
    {"exp", libm::exp, std::exp, -745, 709, 0.52, "a161ce307948f245"},
    {"expm1", libm::expm1, std::expm1, -40, 40, 1, "3cb77cdd5943fff1"},
    {"log", libm::log, std::log, 1e-3, 40, 0.53, "4e35e5e14b3004cf"},
    {"log10", libm::log10, std::log10, 1e-3, 4000, 1, "39a63ab025e7580e"},
    {"log1p", libm::log1p, std::log1p, -0.999, 40, 1, "d7a265601e544bff"},
    {"cbrt", libm::cbrt, std::cbrt, -40, 40, 0.7, "4926c3753173fc1c"},
    {"sin", libm::sin, std::sin, -4e3, 4e3, 0.8, "438952dc6d86c4fe"},
    {"cos", libm::cos, std::cos, -4e3, 4e3, 0.8, "98f747625900d6de"},
    {"atan", libm::atan, std::atan, -40, 40, 1, "8a5403f25457ba38"},
    {"sinh", libm::sinh, std::sinh, -40, 40, 2, "917d73a189e47de0"},
    {"tanh", libm::tanh, std::tanh, -20, 20, 2, "e257839e2ed3eee4"},
    {"erf", libm::erf, std::erf, -6, 6, 1, "94eafee24ca1b1a4"},
    {"erfc", libm::erfc, std::erfc, -6, 26, 4, "92c4523cc20c9d4a"},
    {"lgamma", libm::lgamma, std::lgamma, 2.5, 400, 2, "249fa9a467bce8d7"},
    // Of two arguments, along a curve.
    {"pow", [](double x) { return libm::pow(x, 3.7 - x); },
     [](Real x) { return std::pow(x, 3.7 - static_cast<double>(x)); }, 0.01, 40, 0.55, "608b8b0e6c968191"},
    {"hypot", [](double x) { return libm::hypot(x, 3 - x); },
     [](Real x) { return std::hypot(x, Real{3 - static_cast<double>(x)}); }, -40, 40, 1, "6cd0a754152046ad"},
    {"atan2", [](double x) { return libm::atan2(x, 3 - x); },
     [](Real x) { return std::atan2(x, Real{3 - static_cast<double>(x)}); }, -40, 40, 1.5,
     "5987da267b6a1317"},
};

TEST(Libm, IsAccurate) {
  for (const LibmFunction& f : kLibmFunctions) {
    double worst = 0, where = 0;
    for (int i = 0; i < kValues; ++i) {
      const double x = argument(f, i), value = f.function(x);
      const Real exact = f.reference(x);
      int exponent;
      std::frexp(exact, &exponent);
      const Real ulp = std::ldexp(Real{1}, std::max(exponent - 53, -1074));
      const auto error = static_cast<double>(std::abs(value - exact) / ulp);
      if (!(error <= worst)) worst = error, where = x;
    }
    EXPECT_LE(worst, f.ulps) << f.name << '(' << where << ')';
  }
}

TEST(Libm, HasTheseBitsOnEveryMachine) {
  for (const LibmFunction& f : kLibmFunctions) {
    Hash hash;
    for (int i = 0; i < kValues; ++i) hash.add(f.function(argument(f, i)));
    EXPECT_EQ(hex(hash.value()), f.bits) << f.name;
  }
}

TEST(Libm, TreatsSpecialValuesAsTheStandardSays) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  for (const LibmFunction& f : kLibmFunctions)
    for (const double x : {0.0, -0.0, inf, -inf, nan, 1.0, -1.0, 5e-324, -1e-310, 1e308}) {
      const double is = f.function(x);
      const auto should = static_cast<double>(f.reference(x));
      if (std::isnan(should)) {
        EXPECT_TRUE(std::isnan(is)) << f.name << '(' << x << ") = " << is;
      } else {
        EXPECT_DOUBLE_EQ(is, should) << f.name << '(' << x << ')';
        EXPECT_EQ(std::signbit(is), std::signbit(should)) << f.name << '(' << x << ')';
      }
    }
}

TEST(Libm, KnowsComplexNumbers) {
  using Complex = std::complex<double>;
  // Both parts for themselves: that of a complex step is tiny beside the other.
  const auto expect_near = [](Complex is, Complex should, const char* name, Complex z) {
    EXPECT_LE(std::abs(is.real() - should.real()), 1e-15 * std::max(1.0, std::abs(should))) << name << z;
    EXPECT_LE(std::abs(is.imag() - should.imag()), 1e-15 * std::abs(should.imag())) << name << z;
  };
  Random random(7);
  for (int i = 0; i < 1000; ++i) {
    const Complex z(20 * random.uniform() - 10, i % 2 ? 1e-150 : 6 * random.uniform() - 3);
    expect_near(libm::exp(z), std::exp(z), "exp", z);
    expect_near(libm::log(z), std::log(z), "log", z);
    expect_near(libm::sqrt(z), std::sqrt(z), "sqrt", z);
  }
  EXPECT_EQ(libm::sqrt(Complex(0, 0)), Complex(0, 0));
}

}  // namespace
}  // namespace iem
