#include "core/math/bessel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace iem {
namespace {

struct Row {
  double z, value;  // exp(z) K_1(z) to the last digit, computed with 40 digits (mpmath)
};

const Row kTable[] = {
    {1e-300, 9.9999999999999997494e+299}, {1e-12, 1000000000001.0000201},     {1e-4, 10000.99955863893737},
    {0.01, 100.97864845824008904},        {0.1, 10.890182683049696015},       {0.5, 2.7310097082117857054},
    {1, 1.6361534862632582465},           {1.809025, 1.1012850568404543182},  {2, 1.0334768470686885732},
    {5, 0.60027385878831258294},          {10, 0.41076657059578875113},       {50, 0.1785665585588155746},
    {100, 0.12579995047957852933},        {599, 0.051241069755523770241},     {700, 0.047396187653494544137},
    {1e4, 0.012533611351270505734},       {1e10, 0.000012533141373624995314},
};

TEST(Bessel, ScaledK1IsThatOfTheTable) {
  for (const Row& row : kTable) EXPECT_NEAR(scaled_bessel_k1(row.z) / row.value, 1, 2e-15) << "at " << row.z;
}

TEST(Bessel, ScaledK1IsThatOfTheStandardLibrary) {
  for (double z = 1e-9; z < 600; z *= 1.013) {
    const double other = std::cyl_bessel_k(1, z) * std::exp(z);
    EXPECT_NEAR(scaled_bessel_k1(z) / other, 1, 1e-14) << "at " << z;
  }
}

TEST(Bessel, ScaledK1EndsAtTheEndsOfTheNumbers) {
  const double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(scaled_bessel_k1(0), inf);
  EXPECT_EQ(scaled_bessel_k1(5e-324), inf);
  EXPECT_EQ(scaled_bessel_k1(inf), 0);
  EXPECT_NEAR(scaled_bessel_k1(1e300) / 1.2533141373155002512e-150, 1, 1e-14);
}

}  // namespace
}  // namespace iem
