// Activations as posterior statistics: against formulas, against numbers of 60 digits, and where numbers end.
#include "core/labs/activation/model/hypotheses.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "core/labs/activation/model/checks.h"
#include "core/labs/activation/model/named_functions.h"

namespace iem {
namespace {

Hypotheses signs(const std::string& kernel, std::vector<double> shape, double m, double scale, double prior,
                 double tau) {
  Hypotheses h;
  h.kernel = find_line_kernel(kernel);
  h.shape = std::move(shape);
  h.scale = scale;
  h.tau = tau;
  h.mu = {-m, m};
  h.g = {-1, 1};
  h.log_prior = {std::log1p(-prior), std::log(prior)};
  return h;
}

Hypotheses gate(bool gaussian, double tau) {
  Hypotheses h;
  h.kind = HypothesisKind::gate;
  h.kernel = gaussian ? find_line_kernel("gaussian") : nullptr;
  h.tau = tau;
  h.g = {0, 1};
  return h;
}

double at(const Hypotheses& h, double z, Statistic statistic = Statistic::mean) {
  return value_of(h, posterior(h, z), statistic);
}

// E[s | z] to 60 digits from the energies themselves (Python's decimal module), rounded to double.
TEST(Activation, AgreesWithNumbersOfSixtyDigits) {
  EXPECT_NEAR(at(signs("gaussian", {}, 0.3, 0.6, 0.3, 0.8), 1.7), 0.8458180349091348, 1e-14);
  EXPECT_NEAR(at(signs("gaussian", {}, 1e-6, 1, 0.5, 1), 1e6), 0.7615941559557649, 1e-14);
  EXPECT_NEAR(at(signs("laplace", {}, 1, 1e-6, 0.5, 1e-6), 1e-18), 9.999999999996669e-07, 1e-16);
  EXPECT_NEAR(at(signs("laplace", {}, 1, 1e-6, 0.5, 1e6), 1e6), 0.761594155955765, 1e-14);
  EXPECT_NEAR(at(signs("student_t", {2.5, 1.75}, 3, 0.5, 0.5, 1e-6), 1e6), 0.9999999984834879, 1e-14);
  EXPECT_NEAR(at(signs("huber", {0.7}, 0.9, 0.8, 0.6, 0.5), 0.4), 0.8014498209176711, 1e-14);
  EXPECT_NEAR(at(signs("pseudo_huber", {0.7}, 1e-3, 2, 0.5, 1e-3), 1e6), 0.336375544336028, 1e-14);
  EXPECT_NEAR(at(signs("logistic", {1.3}, 0.01, 1, 0.5, 0.1), -40), -0.12927258360605834, 1e-14);
  EXPECT_NEAR(at(signs("exponential", {1.3}, 0.4, 1.1, 0.5, 2), 0.5), 0.4160117193222699, 1e-14);
}

std::vector<double> shape_in_test(const LineKernel& kernel) {
  if (kernel.id == "student_t") return {1.5, 1.25};
  return std::vector<double>(kernel.parameters.size(), 1.3);
}

// The table's formulas over a grid that reaches where squares and exponentials overflow.
TEST(Activation, IsItsClosedFormEverywhere) {
  int compared = 0, between = 0;
  for (const LineKernel* kernel : line_kernels())
    for (double m : {1e-6, 0.4, 1.0, 300.0})
      for (double scale : {1e-6, 0.5, 3.0, 1e6})
        for (double tau : {1e-9, 0.3, 1.0, 1e6})
          for (double prior : {0.5, 0.9, 1e-9})
            for (double z : {-1e6, -3.0, -1e-6, 0.0, 1e-12, 0.4, 1.0, 2.5, 300.0, 1e6})
              for (Statistic statistic : {Statistic::mean, Statistic::variance, Statistic::entropy}) {
                const Hypotheses h = signs(kernel->id, shape_in_test(*kernel), m, scale, prior, tau);
                const auto truth = static_cast<double>(closed_form(h, statistic, z));
                ASSERT_TRUE(std::isfinite(truth)) << kernel->id;
                ASSERT_NEAR(at(h, z, statistic), truth, 1e-12)
                    << kernel->id << " m " << m << " scale " << scale << " tau " << tau << " prior " << prior
                    << " z " << z << " " << statistic_names()[static_cast<std::size_t>(statistic)];
                ++compared;
                between += truth != 0 && std::abs(truth) < 0.99;
              }
  EXPECT_GT(compared, 30000);
  EXPECT_GT(between, 5000);  // most lie far out, where every curve is flat
}

TEST(Activation, StaysFiniteAtTheEdges) {
  for (const LineKernel* kernel : line_kernels())
    for (double z : {-1e6, -1.0, 0.0, 1.0, 1e6})
      for (double scale : {1e-6, 1e6})
        for (double tau : {1e-9, 1e9}) {
          const Hypotheses h = signs(kernel->id, shape_in_test(*kernel), 1, scale, 0.2, tau);
          const Posterior p = posterior(h, z);
          EXPECT_NEAR(p.r[0] + p.r[1], 1, 1e-15);
          for (int s = 0; s < 6; ++s) {
            EXPECT_TRUE(std::isfinite(value_of(h, p, static_cast<Statistic>(s)))) << kernel->id;
            EXPECT_TRUE(std::isfinite(derivative_of(h, p, static_cast<Statistic>(s)))) << kernel->id;
          }
        }
}

// The derivative against five-point differences of the value, away from kinks.
TEST(Activation, SlopeIsTheDerivative) {
  for (const LineKernel* kernel : line_kernels())
    for (double z : {-1.7, -0.31, 0.05, 0.62, 2.3})
      for (int s : {0, 2, 3, 4, 5}) {
        const auto statistic = static_cast<Statistic>(s);
        const Hypotheses h = signs(kernel->id, shape_in_test(*kernel), 0.8, 0.9, 0.3, 0.7);
        const double step = 2e-4;
        const auto rise = [&](double by) { return at(h, z + by, statistic) - at(h, z - by, statistic); };
        const double difference = (8 * rise(step) - rise(2 * step)) / (12 * step);
        EXPECT_NEAR(derivative_of(h, posterior(h, z), statistic), difference,
                    2e-9 * std::max(1.0, std::abs(difference)))
            << kernel->id << " " << statistic_names()[static_cast<std::size_t>(s)] << " at " << z;
      }
}

TEST(Gate, GivesTheNamedFunctions) {
  const auto named = [](const char* id, double z) { return find_named_function(id)->value(z); };
  for (double z = -12; z <= 12; z += 0.37) {
    EXPECT_NEAR(at(gate(false, 1), z), named("sigmoid", z), 1e-15);
    EXPECT_NEAR(at(gate(false, 1), z, Statistic::gated_mean), named("silu", z), 1e-14);
    EXPECT_NEAR(at(gate(false, 1), z, Statistic::log_partition), named("softplus", z), 1e-14);
    EXPECT_NEAR(at(gate(true, 1), z, Statistic::gated_mean), named("gelu", z), 1e-14);
    EXPECT_NEAR(at(gate(true, 1), z), 0.5 * std::erfc(-z / std::numbers::sqrt2), 1e-15);
    // Responsibilities are gradients again: softplus' = sigmoid.
    const Posterior p = posterior(gate(false, 1), z);
    EXPECT_NEAR(derivative_of(gate(false, 1), p, Statistic::log_partition), p.r[1], 1e-15);
  }
}

TEST(Gate, IsReluAndDeadWhenCold) {
  const Hypotheses h = gate(false, 1e-9);
  for (double z : {-1e6, -3.0, -1e-3, 1e-3, 2.0, 1e6}) {
    const Posterior p = posterior(h, z);
    EXPECT_EQ(value_of(h, p, Statistic::gated_mean), z > 0 ? z : 0.0);
    EXPECT_EQ(derivative_of(h, p, Statistic::gated_mean), z > 0 ? 1.0 : 0.0);
    EXPECT_EQ(p.r[1], z > 0 ? 1.0 : 0.0);
  }
}

TEST(Gate, KnowsTheTailsOfTheNormalDistribution) {
  // log Phi to 20 digits.
  EXPECT_NEAR(log_normal_cdf(-40), -804.60844201375, 1e-9);
  EXPECT_NEAR(log_normal_cdf(-19.99), log_normal_cdf(-20.01) + 0.02 * (20 + 1 / 20.0), 1e-4);
  EXPECT_NEAR(log_normal_cdf(-1), -1.8410216450092634, 1e-15);
  EXPECT_NEAR(log_normal_cdf(8), -6.220960574271786e-16, 1e-29);
  EXPECT_TRUE(std::isfinite(log_normal_cdf(-1e6)));
  for (double z : {-1e6, 1e6}) EXPECT_TRUE(std::isfinite(at(gate(true, 1e-9), z, Statistic::gated_mean)));
}

TEST(Prototypes, QuantiseSoftly) {
  Hypotheses h;
  h.kind = HypothesisKind::prototypes;
  h.kernel = find_line_kernel("gaussian");
  h.count = 3;
  h.mu = h.g = {-2, 0.5, 3};
  h.log_prior = {std::log(0.2), std::log(0.5), std::log(0.3)};
  h.scale = 0.7;
  h.tau = 1.4;
  for (double z : {-5.0, -0.8, 0.4, 1.9, 40.0}) {
    double total = 0, mean = 0, square = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      const double w = std::exp((h.log_prior[j] - std::pow((z - h.mu[j]) / 0.7, 2) / 2 + z * z / 0.98) / 1.4);
      total += w, mean += w * h.mu[j], square += w * h.mu[j] * h.mu[j];
    }
    mean /= total;
    const Posterior p = posterior(h, z);
    EXPECT_NEAR(p.mean, mean, 1e-12);
    EXPECT_NEAR(derivative_of(h, p, Statistic::mean), (square / total - mean * mean) / (1.4 * 0.49), 1e-10);
  }
  EXPECT_EQ(at(h, 100, Statistic::mode), 3);
}

// Places from -3 to 3, unequal priors; g = mu.
Hypotheses prototypes(const LineKernel& kernel, int count, double scale, double tau) {
  Hypotheses h;
  h.kind = HypothesisKind::prototypes;
  h.kernel = &kernel;
  h.shape = shape_in_test(kernel);
  h.count = count;
  h.scale = scale;
  h.tau = tau;
  double total = 0;
  for (int j = 0; j < count; ++j) total += 1 + j % 3;
  for (int j = 0; j < count; ++j) {
    const auto i = static_cast<std::size_t>(j);
    h.mu[i] = h.g[i] = -3 + 6.0 * j / (count - 1);
    h.log_prior[i] = std::log((1 + j % 3) / total);
  }
  return h;
}

// A statistic from its definition, in extended precision and without any of the differences that
// `posterior` is made of.
long double by_definition(const Hypotheses& h, Statistic statistic, double z) {
  std::vector<long double> d, r;
  long double least = std::numeric_limits<long double>::infinity(), total = 0, mean = 0, square = 0,
              entropy = 0;
  std::size_t best = 0;
  for (std::size_t j = 0; j < static_cast<std::size_t>(h.count); ++j) {
    const long double kernel =
        h.kind == HypothesisKind::gate ? 0 : h.kernel->value((z - h.mu[j]) / h.scale, h.shape.data());
    const long double gate = !h.kernel
                                 ? (j == 0 ? 0.0L : -1.0L * z)
                                 : -std::log(std::erfc((j == 0 ? 1.0L : -1.0L) * z / std::sqrt(2.0L)) / 2);
    d.push_back((h.kind == HypothesisKind::gate ? gate : kernel) + h.offset - h.log_prior[j]);
    if (d.back() < least) least = d.back(), best = j;
  }
  for (long double each : d) r.push_back(std::exp((least - each) / h.tau)), total += r.back();
  for (std::size_t j = 0; j < d.size(); ++j) {
    r[j] /= total;
    mean += r[j] * h.g[j];
    square += r[j] * h.g[j] * h.g[j];
    if (r[j] > 0) entropy -= r[j] * std::log(r[j]);
  }
  switch (statistic) {
    case Statistic::mean: return mean;
    case Statistic::mode: return h.g[best];
    case Statistic::variance: return square - mean * mean;
    case Statistic::entropy: return entropy;
    case Statistic::log_partition: return h.tau * std::log(total) - least;
    case Statistic::gated_mean: return z * mean;
  }
  return 0;
}

std::vector<Hypotheses> all_hypotheses() {
  std::vector<Hypotheses> out = {gate(false, 1), gate(false, 0.3), gate(true, 1), gate(true, 1.7)};
  for (const LineKernel* kernel : line_kernels()) {
    for (double prior : {0.5, 0.2})
      out.push_back(signs(kernel->id, shape_in_test(*kernel), 0.8, 0.9, prior, 0.7));
    for (int count = 2; count <= kMostHypotheses; ++count)
      out.push_back(prototypes(*kernel, count, 0.7, 1.2));
  }
  return out;
}

// Every statistic of every kind of hypotheses with every kernel, 2 to 16 prototypes: value and slope.
TEST(Activation, EveryStatisticIsItsDefinition) {
  for (const Hypotheses& h : all_hypotheses())
    for (int s = 0; s < 6; ++s)
      for (double z : {-4.1, -1.37, -0.11, 0.52, 2.83}) {
        const auto statistic = static_cast<Statistic>(s);
        const auto truth = static_cast<double>(by_definition(h, statistic, z));
        const std::string what = (h.kernel ? h.kernel->id : "logistic") + " " + std::to_string(h.count) +
                                 " " + statistic_names()[static_cast<std::size_t>(s)] + " at " +
                                 std::to_string(z);
        const Posterior p = posterior(h, z);
        ASSERT_NEAR(value_of(h, p, statistic), truth, 1e-12 * std::max(1.0, std::abs(truth))) << what;
        if (statistic == Statistic::mode) continue;
        const double step = 2e-4;
        const auto rise = [&](double by) {
          return static_cast<double>(by_definition(h, statistic, z + by) -
                                     by_definition(h, statistic, z - by));
        };
        const double difference = (8 * rise(step) - rise(2 * step)) / (12 * step);
        // Huber's kernel has a third derivative nowhere near its edge: differences are as good as that.
        ASSERT_NEAR(derivative_of(h, p, statistic), difference, 2e-8 * std::max(1.0, std::abs(difference)))
            << what;
      }
}

TEST(Prototypes, StayFiniteAtTheEdges) {
  for (const LineKernel* kernel : line_kernels())
    for (int count : {2, 7, 16})
      for (double z : {-1e6, -3.0, -1e-6, 0.0, 1.1, 1e6})
        for (double scale : {1e-6, 1.0, 1e6})
          for (double tau : {1e-9, 1.0, 1e9}) {
            const Hypotheses h = prototypes(*kernel, count, scale, tau);
            const Posterior p = posterior(h, z);
            EXPECT_NEAR(std::accumulate(p.r.begin(), p.r.begin() + count, 0.0), 1, 1e-14) << kernel->id;
            EXPECT_GE(p.mean, -3 - 1e-12) << kernel->id;
            EXPECT_LE(p.mean, 3 + 1e-12) << kernel->id;
            for (int s = 0; s < 6; ++s) {
              EXPECT_TRUE(std::isfinite(value_of(h, p, static_cast<Statistic>(s)))) << kernel->id << s;
              EXPECT_TRUE(std::isfinite(derivative_of(h, p, static_cast<Statistic>(s))))
                  << kernel->id << " " << s << " z " << z << " scale " << scale << " tau " << tau;
            }
          }
}

// What the overview's words do not say: Laplace ends below 1, Student t comes back.
TEST(Activation, LaplaceSaturatesBelowOneAndStudentFalls) {
  const Hypotheses laplace = signs("laplace", {}, 0.8, 0.5, 0.5, 1);
  EXPECT_NEAR(at(laplace, 0.3), std::tanh(0.6), 1e-15);
  for (double z : {0.8, 1.0, 1e6}) EXPECT_NEAR(at(laplace, z), std::tanh(1.6), 1e-15);
  const Hypotheses t = signs("student_t", {1.5, 1.0}, 0.9, 0.7, 0.5, 1);
  const double peak = std::sqrt(1.5 * 0.49 + 0.81);
  for (double z : {0.2, peak, 5.0, 100.0})
    EXPECT_NEAR(at(t, z), 1.8 * z / (1.5 * 0.49 + z * z + 0.81), 1e-14);
  EXPECT_NEAR(derivative_of(t, posterior(t, peak), Statistic::mean), 0, 1e-15);
  EXPECT_LT(at(t, 100), at(t, peak) / 10);
}

}  // namespace
}  // namespace iem
