#include "core/math/simd.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/random.h"

namespace iem {
namespace {

using simd::Pack;
constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double lane(const Pack& pack, int i) {
  double all[simd::kWidth];
  __builtin_memcpy(all, &pack, sizeof all);
  return all[i];
}

Pack pack_of(const double (&all)[simd::kWidth]) {
  Pack pack;
  __builtin_memcpy(&pack, all, sizeof all);
  return pack;
}

double exp1(double x) { return lane(simd::exp(simd::splat(x)), 3); }
double log1(double x) { return lane(simd::log(simd::splat(x)), 5); }

TEST(LanesExp, StaysWithinOneUnitInTheLastPlaceOfTheTruth) {
  Random random(1);
  double worst = 0;
  for (int i = 0; i < 400'000; ++i) {
    const double x = i % 2 ? random.uniform(-708, 709) : random.uniform(-2, 2);
    const long double truth = std::exp(static_cast<long double>(x));
    worst = std::max(worst, static_cast<double>(std::fabs((exp1(x) - truth) / truth)));
  }
  EXPECT_LT(worst, 0x1p-52);
}

TEST(LanesExp, OfZeroIsExactlyOne) {
  EXPECT_EQ(exp1(0.0), 1.0);
  EXPECT_EQ(exp1(-0.0), 1.0);
  EXPECT_EQ(exp1(std::numeric_limits<double>::denorm_min()), 1.0);
}

TEST(LanesExp, IsZeroWhereResultsWouldBeSubnormalAndForMinusInfinity) {
  EXPECT_GT(exp1(-708.0), 0.0);
  EXPECT_EQ(exp1(-708.0000001), 0.0);
  EXPECT_EQ(exp1(-1e300), 0.0);
  EXPECT_EQ(exp1(-kInf), 0.0);
}

TEST(LanesExp, NeverDecreasesAcrossItsReductionSteps) {
  for (double n = -1000; n < 1000; ++n) {
    const double edge = (n + 0.5) * std::log(2.0);
    if (edge < -707 || edge > 708) continue;
    EXPECT_LE(exp1(std::nextafter(edge, -kInf)), exp1(std::nextafter(edge, kInf)) * (1 + 0x1p-51)) << edge;
  }
}

TEST(LanesExp, LetsNanThrough) {
  EXPECT_TRUE(std::isnan(exp1(kNan)));
  EXPECT_TRUE(std::isnan(exp1(-kNan)));
}

TEST(LanesLog, StaysWithinItsStatedErrorOverAllNormalNumbers) {
  Random random(2);
  double worst = 0;
  for (int i = 0; i < 400'000; ++i) {
    double x = 1 + 1e-3 * random.uniform(-1, 1);
    if (i % 3 == 1) x = random.uniform(1, 100);
    if (i % 3 == 2) x = std::ldexp(random.uniform(1, 2), static_cast<int>(random.below(2046)) - 1022);
    const long double truth = std::log(static_cast<long double>(x));
    const long double error = std::fabs(log1(x) - truth) / std::max(1.0L, std::fabs(truth));
    worst = std::max(worst, static_cast<double>(error));
  }
  EXPECT_LT(worst, 0x1p-52);
}

TEST(LanesLog, OfOneIsExactlyZero) { EXPECT_EQ(log1(1.0), 0.0); }

TEST(LanesLog, LetsNanAndInfinityThrough) {
  EXPECT_TRUE(std::isnan(log1(kNan)));
  EXPECT_TRUE(std::isnan(log1(-kNan)));
  EXPECT_EQ(log1(kInf), kInf);
}

TEST(Lanes, FormulasOfScalarAndPackAgreeToTheLastBitWhereIeeeDefinesThem) {
  Random random(3);
  for (int i = 0; i < 1000; ++i) {
    const double a = random.normal(), b = random.normal();
    const Pack p = simd::splat(a), q = simd::splat(b);
    EXPECT_EQ(lane(p * q + a, 0), a * b + a);
    EXPECT_EQ(lane(p / q - b, 1), a / b - b);
    EXPECT_EQ(lane(simd::sqrt(simd::abs(p)), 2), std::sqrt(std::abs(a)));
    EXPECT_EQ(lane(simd::min(p, q), 3), std::min(a, b));
    EXPECT_EQ(lane(simd::sign(p), 4), a > 0 ? 1 : -1);
    EXPECT_EQ(lane(simd::select(p < q, p, q), 5), a < b ? a : b);
  }
  EXPECT_EQ(lane(simd::sign(simd::splat(0.0)), 0), 0.0);
}

TEST(Lanes, SelectDecidesLaneByLane) {
  const Pack p = pack_of({-4, -3, -2, -1, 0, 1, 2, 3});
  const Pack chosen = simd::select(p < 0.0, simd::splat(10.0), p);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(lane(chosen, i), 10.0);
  for (int i = 4; i < 8; ++i) EXPECT_EQ(lane(chosen, i), i - 4.0);
}

TEST(Lanes, SumAddsInTheDocumentedOrder) {
  // Numbers for which every other order rounds differently somewhere.
  Random random(4);
  for (int i = 0; i < 1000; ++i) {
    double v[8];
    for (double& value : v) value = std::ldexp(random.normal(), static_cast<int>(random.below(60)));
    const double expected = ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
    EXPECT_EQ(simd::sum(pack_of(v)), expected);
  }
}

}  // namespace
}  // namespace iem
