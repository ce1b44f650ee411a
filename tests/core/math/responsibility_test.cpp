// Sparsemax and entmax-1.5 against their optimality conditions, and their identity dL/dd = -p by complex step
// and by automatic differentiation.
#include "core/math/responsibility.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/random.h"

namespace iem {
namespace {

const Responsibility kRules[] = {Responsibility::softmax, Responsibility::sparsemax,
                                 Responsibility::entmax15};

double omega(Responsibility rule, const std::vector<double>& p) {
  double sum = 0;
  for (const double v : p) {
    if (rule == Responsibility::softmax && v > 0) sum += v * std::log(v);
    if (rule == Responsibility::sparsemax) sum += 0.5 * (v * v - v);
    if (rule == Responsibility::entmax15) sum += 4.0 / 3 * (std::pow(v, 1.5) - v);
  }
  return sum;
}

double value_at(Responsibility rule, const std::vector<double>& d, double tau, const std::vector<double>& p) {
  return -std::inner_product(d.begin(), d.end(), p.begin(), 0.0) - tau * omega(rule, p);
}

std::vector<double> random_energies(Random& random, std::size_t k, double spread) {
  std::vector<double> d(k);
  for (double& v : d) v = spread * random.normal();
  return d;
}

TEST(Responsibility, IsTheMaximumOverTheSimplex) {
  Random random(4);
  for (const Responsibility rule : kRules) {
    for (int round = 0; round < 200; ++round) {
      const std::size_t k = 1 + static_cast<std::size_t>(random.below(9));
      const double tau = std::exp(random.normal());
      const std::vector<double> d = random_energies(random, k, 1.5);
      std::vector<double> p(k), other(k);
      const double value = log_partition(rule, d, tau, p);
      EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-14);
      EXPECT_GE(*std::min_element(p.begin(), p.end()), 0);
      EXPECT_NEAR(value, value_at(rule, d, tau, p), 1e-13 * std::max(1.0, tau));
      for (int trial = 0; trial < 30; ++trial) {  // near p and anywhere
        const double near = trial % 2 ? 1 : 1e-3;
        for (std::size_t j = 0; j < k; ++j)
          other[j] = (1 - near) * p[j] - near * std::log(1 - random.uniform());
        const double sum = std::accumulate(other.begin(), other.end(), 0.0);
        for (double& v : other) v /= sum;
        EXPECT_LE(value_at(rule, d, tau, other), value + 1e-13 * std::max(1.0, tau));
      }
    }
  }
}

TEST(Responsibility, IsMinusTheGradientOfItsObjective) {
  Random random(5);
  for (const Responsibility rule : kRules) {
    for (int round = 0; round < 100; ++round) {
      const std::vector<double> d = random_energies(random, 6, 2);
      std::vector<double> p(6);
      std::vector<double> slopes(6);
      log_partition(rule, d, 0.8, p);
      log_partition_derivatives(rule, d, 0.8, slopes);
      for (int j = 0; j < 6; ++j) {
        EXPECT_NEAR(slopes[static_cast<std::size_t>(j)], -p[static_cast<std::size_t>(j)], 2e-15);
        std::vector<Dual> dual(6);
        for (std::size_t i = 0; i < 6; ++i) dual[i] = {d[i], static_cast<int>(i) == j ? 1.0 : 0.0};
        EXPECT_NEAR(log_partition(rule, std::span<const Dual>(dual), 0.8).d, -p[static_cast<std::size_t>(j)],
                    4e-15);
      }
    }
  }
}

TEST(Responsibility, SparseOnesGiveExactZerosAndCorners) {
  for (const Responsibility rule : {Responsibility::sparsemax, Responsibility::entmax15}) {
    const std::vector<double> d = {0.0, 0.3, 9.0};
    std::vector<double> p(3);
    log_partition(rule, d, 1, p);
    EXPECT_GT(p[1], 0);
    EXPECT_EQ(p[2], 0);
    EXPECT_EQ(log_partition(rule, std::vector<double>{2.0, 90.0}, 1, std::span(p).first(2)),
              -2);  // at a corner: -min d
    EXPECT_EQ(p[0], 1);
  }
}

TEST(Responsibility, StaysFiniteAtTheEndsOfTheRange) {
  for (const Responsibility rule : kRules) {
    for (const double tau : {1e-9, 1.0, 1e9}) {
      const std::vector<double> d = {1e300, -1e300, 3.0, -1e300};
      std::vector<double> p(4);
      EXPECT_TRUE(std::isfinite(log_partition(rule, d, tau, p)));
      EXPECT_NEAR(p[1], 0.5, 1e-15);
      EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-14);
    }
  }
}

}  // namespace
}  // namespace iem
