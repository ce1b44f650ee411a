// Every statistic of every kind of hypotheses from z = -700 to 700 against 900 digits (edge.py):
// to the last digits that z, the temperature and the terms of a sum leave to a double.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "core/labs/activation/model/hypotheses.h"

namespace iem {
namespace {

struct EdgeRow {
  std::string kind, kernel, statistic;
  double tau, z, value, condition;
};

std::vector<EdgeRow> edge_rows() {
  std::ifstream in(std::string(IEMLAB_SOURCE_DIR) + "/tests/core/labs/activation/edge.csv");
  std::vector<EdgeRow> out;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    std::istringstream words(line);
    for (std::string cell; std::getline(words, cell, ',');) cells.push_back(cell);
    const auto number = [&](std::size_t i) { return std::strtod(cells[i].c_str(), nullptr); };
    out.push_back({cells[0], cells[1], cells[3], number(2), number(4), number(5), number(6)});
  }
  return out;
}

Hypotheses hypotheses_of(const EdgeRow& row) {
  Hypotheses h;
  h.tau = row.tau;
  if (row.kind == "gate") {
    h.kind = HypothesisKind::gate;
    h.kernel = row.kernel == "gaussian" ? find_line_kernel("gaussian") : nullptr;
    h.g = {0, 1};
    return h;
  }
  h.kernel = find_line_kernel(row.kernel);
  static const std::map<std::string, std::vector<double>> shapes = {
      {"student_t", {3, 2}},        {"huber", {1.25}}, {"pseudo_huber", {1.25}}, {"logistic", {1.25}},
      {"exponential", {0.0078125}},
  };
  if (shapes.contains(row.kernel)) h.shape = shapes.at(row.kernel);
  const bool sign = row.kind == "sign";
  h.kind = sign ? HypothesisKind::sign : HypothesisKind::prototypes;
  h.count = sign ? 2 : 3;
  h.mu = h.g =
      sign ? std::array<double, kMostHypotheses>{-1, 1} : std::array<double, kMostHypotheses>{-2, 0.5, 1.5};
  h.log_prior.fill(-std::log(static_cast<double>(h.count)));
  return h;
}

TEST(ActivationEdge, HasAllItsDigitsFromMinus700To700) {
  int compared = 0, tails = 0;
  for (const EdgeRow& row : edge_rows()) {
    const Hypotheses h = hypotheses_of(row);
    const auto found = std::ranges::find(statistic_names(), row.statistic);
    ASSERT_NE(found, statistic_names().end());
    const double value =
        value_of(h, posterior(h, row.z), static_cast<Statistic>(found - statistic_names().begin()));
    // What is below the range is 0, or, as a sum that cancels, the rounding of its terms.
    const bool vanishes = std::abs(row.value) < 1e-300;
    const double tolerance = vanishes ? (std::isinf(row.condition) ? 4e-15 : 1e-290)
                                      : 4e-15 * (1 + row.condition) * std::abs(row.value);
    EXPECT_NEAR(value, row.value, std::max(tolerance, 1e-300))
        << row.kind << " " << row.kernel << " tau " << row.tau << " " << row.statistic << " at " << row.z
        << ": " << std::abs(value / row.value - 1) << " of it, condition " << row.condition;
    ++compared;
    tails += std::abs(row.value) < 1e-14 && std::abs(row.value) > 1e-300;
  }
  EXPECT_EQ(compared, 3002);
  EXPECT_GT(tails, 150) << "most would be rounded away beside a 1";
}

// Where z itself is so large that squares overflow: the energies may be infinite, what is believed is not.
TEST(ActivationEdge, IsFiniteWhereverTheAnswerIs) {
  int tried = 0;
  for (const std::string kind : {"sign", "gate", "prototypes"})
    for (const LineKernel* kernel : line_kernels())
      for (const double size : {1e120, 1e154, 1e160, 1e200, 1e300})
        for (const double z : {-size, size}) {
          if (kind == "gate" && kernel->id != "gaussian" && kernel->id != "logistic") continue;
          const Hypotheses h = hypotheses_of({kind, kernel->id, "", 1, z, 0, 0});
          const Posterior p = posterior(h, z);
          const std::string where = kind + " " + kernel->id + " at " + std::to_string(z);
          for (const Statistic s : {Statistic::mean, Statistic::mode, Statistic::variance, Statistic::entropy,
                                    Statistic::gated_mean}) {
            EXPECT_TRUE(std::isfinite(value_of(h, p, s))) << where;
            EXPECT_TRUE(std::isfinite(derivative_of(h, p, s))) << where;
          }
          // Those that decide far out know the side.
          if (kernel->id == "gaussian" && kind != "gate") {
            EXPECT_EQ(value_of(h, p, Statistic::mean),
                      z > 0 ? h.g[static_cast<std::size_t>(h.count) - 1] : h.g[0])
                << where;
          }
          EXPECT_EQ(value_of(h, p, Statistic::mode), h.g[static_cast<std::size_t>(p.best)]);
          if (kernel->id == "student_t" || kernel->id == "huber" || kernel->id == "laplace") {
            EXPECT_TRUE(std::isfinite(value_of(h, p, Statistic::log_partition))) << where;
          }
          ++tried;
        }
  EXPECT_EQ(tried, (2 * 7 + 2) * 10);
}

TEST(ActivationEdge, UnequalWidthsAreDecidedFarOut) {
  Hypotheses h = hypotheses_of({"prototypes", "gaussian", "", 1, 0, 0, 0});
  h.width[1] = 3;
  for (const double z : {-1e200, 1e200})
    EXPECT_EQ(posterior(h, z).mean, h.g[1]) << "the widest is the nearest";
}

// log Phi and its derivative, to 20 digits by mpmath.
TEST(ActivationEdge, KnowsBothTailsOfTheNormalDistribution) {
  const double truth[][3] = {
      {-1.0e+6, -500000000014.73444909, 1000000.000001},
      {-40.0, -804.60844201375378817, 40.024968847207263723},
      {-35.5, -634.614263155088385, 35.528124486560967863},
      {-34.5, -599.58573625947235769, 34.528937005677816382},
      {-20.0, -203.91715537109726394, 20.049753068527850542},
      {-5.0, -15.064998393988725736, 5.1865039671258421156},
      {-1.0, -1.8410216450092635058, 1.5251352761609812091},
      {0.0, -0.69314718055994530942, 0.79788456080286535588},
      {0.5, -0.36894641528865639307, 0.50916043383703348583},
      {4.0, -0.00003167174337748926386, 0.00013383446446857514211},
      {5.0, -2.8665161296376359338e-7, 1.4867199409049057124e-6},
      {8.0, -6.2209605742717860585e-16, 5.0522710835368954309e-15},
      {20.0, -2.7536241186062336951e-89, 5.5209483621597631896e-88},
      {37.0, -5.7255712225245768227e-300, 2.1200065515246056269e-298},
  };
  for (const auto& [z, log_cdf, hazard] : truth) {
    EXPECT_NEAR(log_normal_cdf(z), log_cdf, 3e-15 * std::abs(log_cdf)) << z;
    EXPECT_NEAR(normal_hazard(z), hazard, 3e-15 * hazard) << z;
  }
}

}  // namespace
}  // namespace iem
