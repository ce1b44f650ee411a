// J of a layer, its gradient and its rows: against the definition, against differences, and where numbers are
// degenerate, huge or tiny.
#include "core/labs/layer/model/layer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/kernel/pass.h"
#include "core/labs/layer/model/definition.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::pool;

Dataset layer_points(Eigen::Index n, Eigen::Index d, std::uint64_t seed, double size = 1) {
  Random random(seed);
  Dataset data;
  data.points.resize(n, d);
  data.labels.resize(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index a = 0; a < d; ++a) data.points(i, a) = size * (random.normal() + (i % 3 == a ? 2 : 0));
    data.labels[i] = static_cast<int>(i % 4) - 1;  // some have none
  }
  return data;
}

LayerOptions layer_case(Eigen::Index units, Eigen::Index inputs, LineDistance distance) {
  LayerOptions o;
  o.units = units, o.inputs = inputs, o.distance = distance;
  o.variance_weight = 0.3, o.decorrelation_weight = 0.2, o.orthogonality_weight = 0.1;
  o.learn = {"W", "b", "W_2", "b_2"};
  return o;
}

void with_classes(LayerOptions& o, bool calibrate) {
  o.classes = 3, o.calibrate = calibrate, o.readout_weight = 0.7;
}

Theta some_theta(const Layer& model, std::uint64_t seed, double size = 0.6) {
  Random random(seed);
  Theta theta(model.layout().size());
  for (double& each : theta) each = size * random.normal();
  return theta;
}

Evaluation evaluated(const Layer& model, const Theta& theta, double tau, const Dataset& data,
                     Wanted wanted = Wanted::sums, int threads = 1, std::vector<Eigen::Index> batch = {}) {
  Evaluation out;
  model.evaluate(theta, tau, data, batch, wanted, *pool(threads), out);
  return out;
}

const LineDistance kDistances[] = {LineDistance::abs, LineDistance::square, LineDistance::relu,
                                   LineDistance::softplus};

std::vector<LayerOptions> layer_cases() {
  std::vector<LayerOptions> out;
  for (const LineDistance distance : kDistances)
    for (const auto& [units, inputs] : {std::pair{1, 2}, {3, 2}, {8, 5}, {11, 64}}) {
      LayerOptions all = layer_case(units, inputs, distance);
      out.push_back(all);
      for (const bool calibrate : {false, true}) {
        LayerOptions read = all;
        with_classes(read, calibrate);
        out.push_back(read);
        read.lse_weight = read.variance_weight = read.decorrelation_weight = read.orthogonality_weight = 0;
        out.push_back(read);
      }
      for (double LayerOptions::*term :
           {&LayerOptions::lse_weight, &LayerOptions::variance_weight, &LayerOptions::decorrelation_weight,
            &LayerOptions::orthogonality_weight}) {
        LayerOptions one = all;
        one.lse_weight = one.variance_weight = one.decorrelation_weight = one.orthogonality_weight = 0;
        one.*term = 1;
        out.push_back(one);
      }
    }
  return out;
}

TEST(Layer, TheGradientOfEveryTermIsThatOfItsDefinition) {
  int compared = 0;
  for (const LayerOptions& options : layer_cases())
    for (const double tau : {1.0, 0.3}) {
      const Layer model(options);
      const Theta theta = some_theta(model, 5);
      const Dataset data = layer_points(41, options.inputs, 7);
      const Evaluation e = evaluated(model, theta, tau, data);
      const LayerDefinition definition(model, theta, tau, data);
      for (Eigen::Index i = 0; i < theta.size(); i += 1 + theta.size() / 90, ++compared)
        ASSERT_NEAR(e.gradient[i], definition.slope(i), 1e-11 * std::max(1.0, std::abs(e.gradient[i])))
            << options.units << " units of " << options.inputs << ", " << static_cast<int>(options.distance)
            << ", entry " << i;
    }
  EXPECT_GT(compared, 5000);
}

// Where no coordinate is near a kink.
TEST(Layer, TheGradientIsTheSlopeOfJ) {
  int compared = 0;
  for (const LayerOptions& options : layer_cases()) {
    const Layer model(options);
    const Theta theta = some_theta(model, 9);
    const Dataset data = layer_points(23, options.inputs, 3);
    const Evaluation e = evaluated(model, theta, 1, data);
    for (Eigen::Index i = 0; i < theta.size(); i += 1 + theta.size() / 20) {
      constexpr double kStep = 1e-6;
      Theta up = theta, down = theta;
      up[i] += kStep, down[i] -= kStep;
      const double slope =
          (evaluated(model, up, 1, data).loss - evaluated(model, down, 1, data).loss) / (2 * kStep);
      EXPECT_NEAR(e.gradient[i], slope, 2e-6 * std::max(1.0, std::abs(slope)));
      ++compared;
    }
  }
  EXPECT_GT(compared, 1000);
}

TEST(Layer, RowsAreDistancesResponsibilitiesAndThePullOnEach) {
  LayerOptions options = layer_case(6, 3, LineDistance::softplus);
  with_classes(options, true);
  const Layer model(options);
  const Theta theta = some_theta(model, 2);
  const Dataset data = layer_points(70, 3, 4);
  const Evaluation rows = evaluated(model, theta, 0.8, data, Wanted::rows),
                   sums = evaluated(model, theta, 0.8, data);
  EXPECT_TRUE(testing::same_bits(rows.gradient, sums.gradient));
  EXPECT_EQ(rows.loss, sums.loss);
  EXPECT_EQ(sums.energies.size() + sums.responsibilities.size() + sums.pulls.size(), 0);
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const Eigen::VectorXd z = model.coordinates(theta, data.points.row(i));
    double sum = 0;
    for (Eigen::Index j = 0; j < 6; ++j) sum += std::exp(-std::log1p(std::exp(z[j])) / 0.8);
    for (Eigen::Index j = 0; j < 6; ++j) {
      EXPECT_NEAR(rows.energies(i, j), std::log1p(std::exp(z[j])), 1e-14);
      EXPECT_NEAR(rows.responsibilities(i, j), std::exp(-rows.energies(i, j) / 0.8) / sum, 1e-14);
    }
  }
  // dJ/db_j is the sum of the pulls on its distances, each times the slope.
  for (Eigen::Index j = 0; j < 6; ++j) {
    double sum = 0;
    for (Eigen::Index i = 0; i < data.size(); ++i)
      sum += rows.pulls(i, j) * (1 - std::exp(-rows.energies(i, j))) / static_cast<double>(data.size());
    Eigen::Index at = model.layout().block("b").offset + j;
    EXPECT_NEAR(sum, rows.gradient[at], 1e-13);
  }
}

TEST(Layer, GivesTheSameBitsForAnyThreadsAndInstructionSet) {
  const std::string best = kernel::isa_name(kernel::active_isa());
  int sets = 0;
  for (const auto& [units, inputs] : {std::pair{6, 2}, {25, 64}, {64, 64}}) {
    LayerOptions options = layer_case(units, inputs, LineDistance::relu);
    with_classes(options, true);
    const Layer model(options);
    const Theta theta = some_theta(model, 1, 0.2);
    const Dataset data = layer_points(700, inputs, 11);
    const Evaluation one = evaluated(model, theta, 1, data, Wanted::rows);
    for (const int threads : {2, 4}) {
      const Evaluation more = evaluated(model, theta, 1, data, Wanted::rows, threads);
      EXPECT_TRUE(testing::same_bits(one.gradient, more.gradient));
      EXPECT_TRUE(testing::same_bits(one.statistics, more.statistics));
      EXPECT_EQ(one.loss, more.loss);
    }
    for (const kernel::Isa isa : {kernel::Isa::baseline, kernel::Isa::avx2, kernel::Isa::avx512}) {
      if (!kernel::set_active_isa(kernel::isa_name(isa))) continue;
      const Evaluation other = evaluated(model, theta, 1, data, Wanted::rows);
      EXPECT_TRUE(testing::same_bits(one.gradient, other.gradient)) << kernel::isa_name(isa);
      EXPECT_TRUE(testing::same_bits(one.responsibilities, other.responsibilities)) << kernel::isa_name(isa);
      EXPECT_TRUE(testing::same_bits(one.pulls, other.pulls)) << kernel::isa_name(isa);
      EXPECT_EQ(one.loss, other.loss) << kernel::isa_name(isa);
      ++sets;
    }
    kernel::set_active_isa(best.c_str());
  }
  EXPECT_GE(sets, 3);
}

TEST(Layer, ABatchIsTheDataOfItsPoints) {
  LayerOptions options = layer_case(5, 3, LineDistance::abs);
  with_classes(options, false);
  const Layer model(options);
  const Theta theta = some_theta(model, 8);
  const Dataset data = layer_points(90, 3, 5);
  const std::vector<Eigen::Index> batch = {3, 88, 1, 40, 41, 7, 60, 12};
  Dataset part;
  part.points.resize(8, 3);
  part.labels.resize(8);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    part.points.row(static_cast<Eigen::Index>(i)) = data.points.row(batch[i]);
    part.labels[static_cast<Eigen::Index>(i)] = data.labels[batch[i]];
  }
  const Evaluation a = evaluated(model, theta, 1, data, Wanted::sums, 1, batch),
                   b = evaluated(model, theta, 1, part);
  EXPECT_TRUE(testing::same_bits(a.gradient, b.gradient));
  EXPECT_EQ(a.loss, b.loss);
  const Evaluation rows = evaluated(model, theta, 1, data, Wanted::rows, 1, batch);
  EXPECT_EQ(rows.energies.size(), 0);  // a batch has no rows
  EXPECT_EQ(rows.loss, a.loss);
}

// So many points that z and r are made again on the way back: points over and over are the points.
TEST(Layer, OfVeryManyPointsIsThatOfThemOnce) {
  LayerOptions options = layer_case(64, 2, LineDistance::abs);
  options.variance_weight = 0;  // its divisor is N - 1
  const Layer model(options);
  const Theta theta = some_theta(model, 3);
  const Dataset few = layer_points(64, 2, 6);
  Dataset many;
  many.points = few.points.replicate(1100, 1);
  const Evaluation a = evaluated(model, theta, 1, few), b = evaluated(model, theta, 1, many);
  EXPECT_NEAR(a.loss, b.loss, 1e-6);  // sqrt(V) + 1e-8 in the correlations
  options.decorrelation_weight = 0;
  const Layer lse(options);
  const Evaluation c = evaluated(lse, theta, 1, few), d = evaluated(lse, theta, 1, many);
  EXPECT_NEAR(c.loss, d.loss, 1e-12);
  EXPECT_TRUE(testing::close(d.gradient, c.gradient, 1e-12));
}

void expect_finite(const Evaluation& e, const std::string& what) {
  EXPECT_TRUE(std::isfinite(e.loss)) << what;
  EXPECT_TRUE(e.gradient.allFinite()) << what;
  EXPECT_TRUE(e.statistics.allFinite()) << what;
  EXPECT_NEAR(e.responsibilities.rowwise().sum().maxCoeff(), 1, 1e-14) << what;
  EXPECT_NEAR(e.responsibilities.rowwise().sum().minCoeff(), 1, 1e-14) << what;
}

TEST(Layer, DegenerateDataHaveAJAndAGradient) {
  for (const LineDistance distance : kDistances) {
    LayerOptions options = layer_case(6, 4, distance);
    with_classes(options, true);
    const Layer model(options);
    const Theta theta = some_theta(model, 4);
    Dataset constant = layer_points(50, 4, 1);
    constant.points.col(2).setConstant(1e6 + 0.1);
    Dataset same = constant;
    same.points.rowwise() = Eigen::RowVectorXd::Constant(4, 0.3);
    for (const Dataset& data : {constant, same, layer_points(1, 4, 2), layer_points(2, 4, 2)})
      expect_finite(evaluated(model, theta, 1, data, Wanted::rows), "degenerate");
    for (const double size : {1e-300, 1e-150, 1e-9, 1e9, 1e60})
      expect_finite(evaluated(model, theta, 1, layer_points(40, 4, 3, size), Wanted::rows),
                    "size " + std::to_string(std::log10(size)));
    for (const double tau : {5e-324, 1e-300, 1e-9, 1e9, 1e300})
      expect_finite(evaluated(model, theta, tau, constant, Wanted::rows), "tau");
  }
}

TEST(Layer, UnitsThatAreZeroAreDeadAndHaveNoCorrelation) {
  const Layer model(layer_case(4, 2, LineDistance::abs));
  Theta theta = some_theta(model, 6);
  theta.segment(0, 4).setZero();  // two of four
  const Evaluation e = evaluated(model, theta, 1, layer_points(30, 2, 9), Wanted::rows);
  expect_finite(e, "dead");
  EXPECT_EQ(e.metrics[kDeadUnits], 2);
  EXPECT_TRUE(std::isnan(e.metrics[kRedundancy]));
  EXPECT_EQ(e.statistics(0, kUnitVariance), 0);
  EXPECT_EQ(e.statistics(0, kCorrelations + 3), 0);
  EXPECT_TRUE(std::isfinite(e.metrics[kDecorrelationTerm]));
}

TEST(Layer, AnOffsetOfTheDistancesTakesNoDigitsFromTheirVariance) {
  LayerOptions options = layer_case(2, 2, LineDistance::abs);
  const Layer model(options);
  Theta theta(model.layout().size());
  theta << 1, 0, 0, 1, 1e7, 2e7;  // far from all points
  const Dataset data = layer_points(500, 2, 12);
  const Evaluation e = evaluated(model, theta, 1, data);
  const Eigen::VectorXd x = data.points.col(0);
  const double variance = (x.array() - x.mean()).square().sum() / 499;
  EXPECT_NEAR(e.statistics(0, kUnitVariance), variance, 1e-8 * variance);
}

}  // namespace
}  // namespace iem
