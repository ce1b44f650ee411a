// Near certainty 1 + rest rounds the rest away; what is made of it must not.
#include <gtest/gtest.h>

#include <cmath>

#include "core/field/field.h"
#include "core/math/log_sum_exp.h"
#include "core/math/simd.h"
#include "tests/core/support.h"

namespace iem {
namespace {

double log1p_of(double x) {
  double all[simd::kWidth];
  const simd::Pack pack = simd::log1p(simd::splat(x));
  __builtin_memcpy(all, &pack, sizeof all);
  return all[2];
}

TEST(NearCertainty, TheLogarithmOfOneAndALittleHasAllItsDigits) {
  for (double x = 1e-300; x < 1e300; x *= 1.37) {
    const auto truth = static_cast<double>(std::log1p(static_cast<long double>(x)));
    ASSERT_NEAR(log1p_of(x), truth, 6e-16 * truth) << x;
  }
  EXPECT_EQ(log1p_of(0), 0);
  EXPECT_EQ(log1p_of(INFINITY), INFINITY);
  EXPECT_TRUE(std::isnan(log1p_of(NAN)));
}

TEST(NearCertainty, LogSumExpIsSoftplusFarToTheLeft) {
  double r[2];
  for (const double z : {-700.0, -100.0, -40.0, -37.0, -30.0, -1.0, 0.0, 5.0})
    for (const bool first : {false, true}) {
      const double d[2] = {first ? -z : 0, first ? 0 : -z};
      const auto truth = static_cast<double>(std::log1p(std::exp(static_cast<long double>(z))));
      EXPECT_NEAR(log_sum_exp(d, 1, r), truth, 3e-16 * truth) << z;
    }
}

// Two prototypes `gap` standard deviations apart and one point on the first.
struct Certain {
  Mixture model;
  Theta theta;
  Dataset data;
};
Certain certain(double gap, Objective objective, double margin = 1) {
  MixtureOptions options;
  options.components = 2;
  options.energy = find_energy("gaussian");
  options.objective = objective;
  options.objective_width = margin;
  Mixture model(options);
  Theta theta = model.pack({{0, 0, {}, 1}, {gap, 0, {}, 1}});
  Dataset data;
  data.points = Eigen::MatrixXd::Zero(3, 2);
  data.points(1, 0) = 0.25;
  return {std::move(model), std::move(theta), std::move(data)};
}

TEST(NearCertainty, TheEntropyOfAMixtureHasAllItsDigits) {
  for (const double tau : {1.0, 0.5})
    for (const double gap : {0.5, 2.0, 4.0, 8.0, 12.0, 20.0, 30.0}) {
      const Certain c = certain(gap, Objective::log_sum_exp);
      long double truth = 0;
      for (Eigen::Index i = 0; i < 3; ++i) {
        const long double x = c.data.points(i, 0);
        const long double above = ((x - gap) * (x - gap) - x * x) / 2 / tau, e = std::exp(-above);
        truth += (std::log1p(e) + e * above / (1 + e)) / 3;
      }
      const Evaluation e = testing::evaluate(c.model, c.theta, tau, c.data);
      EXPECT_NEAR(e.metrics[0], static_cast<double>(truth), 2e-13 * static_cast<double>(truth))
          << gap << " " << tau;
    }
}

// softplus(d - margin) where the margin is wide: e^(d - margin).
TEST(NearCertainty, IndependentSigmoidsKeepTheirTails) {
  for (const double margin : {1.0, 20.0, 40.0, 100.0}) {
    const Certain c = certain(1.5, Objective::sigmoid, margin);
    long double truth = 0;
    for (Eigen::Index i = 0; i < 3; ++i)
      for (const long double mu : {0.0L, 1.5L}) {
        const long double x = c.data.points(i, 0);
        truth += std::log1p(std::exp((x - mu) * (x - mu) / 2 - static_cast<long double>(margin))) / 3;
      }
    const Evaluation e = testing::evaluate(c.model, c.theta, 1, c.data);
    EXPECT_NEAR(e.loss, static_cast<double>(truth), 1e-14 * static_cast<double>(truth)) << margin;
  }
}

}  // namespace
}  // namespace iem
