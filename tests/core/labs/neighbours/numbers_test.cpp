// Numbers of another program (NumPy, from the definitions) that no expression of a scene asks for: fits over
// a window of time, what theory knows of the data, and states that a hand has made.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/base/libm.h"
#include "core/labs/neighbours/kit/slope.h"
#include "core/labs/neighbours/toys/equilibrium.h"
#include "core/labs/neighbours/toys/fenchel_young.h"
#include "core/labs/neighbours/toys/group_nets.h"
#include "core/labs/neighbours/toys/relu_1d.h"
#include "core/labs/neighbours/toys/simplex_kl.h"
#include "core/labs/neighbours/toys/wind_tunnel.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

iem::Run run_of_scene(const std::string& name, double rate = 0) {
  Scene scene = load_scene(name);
  if (rate > 0) scene.config.set("optimizer.learning_rate", rate);
  return {std::move(scene), testing::pool()};
}

template <class T>
const T& model_of(const iem::Run& run) {
  return dynamic_cast<const T&>(*run.setup().model);
}

// |value - reference| in parts of the reference.
void expect_equal(double value, double reference, double tolerance, const std::string& what) {
  EXPECT_LE(std::abs(value - reference), tolerance * std::abs(reference))
      << what << ": " << value << ", not " << reference;
}

struct SlopeOfKl {
  const char* scene;
  double rate, time;  // of a step; rate 0: the scene's
  std::int64_t first, last;
  double value, theory, tolerance;  // the last on value/theory - 1
};

// At every step: the history of a long run leaves some out.
std::vector<double> losses_to(iem::Run& run, std::int64_t last) {
  std::vector<double> out = {run.evaluation().loss};
  while (run.state().step < last && run.step() != StepResult::non_finite)
    out.push_back(run.evaluation().loss);
  return out;
}

// -d log KL/dt by least squares over the steps first .. last.
TEST(SimplexNumbers, TheSlopesOfLogKl) {
  const double natural = -std::expm1(-0.002);
  for (const SlopeOfKl& each :
       {SlopeOfKl{"triangle_natural_parameters", 0, 0.05, 801, 1200, 0.24012004503352405, 0.24, 0.005},
        {"triangle_natural_gradient", 0, 0.01, 501, 800, 1.997806781020243, 2, 0.005},
        {"triangle_shares", 0, 0.0005, 3001, 5000, 8.001853939060428, 8, 0.005},
        {"triangle_balanced_theta", 0, 0.002, 2501, 4000, 1.0032452600327586, 1, 0.005},
        {"triangle_balanced_eta", 0, 0.002, 1501, 2250, 3.980379853667671, 4, 0.005},
        {"triangle_balanced_natural", natural, 0.002, 2501, 4000, 1.997798050406447, 2, 0.005}}) {
    iem::Run run = run_of_scene(each.scene, each.rate);
    const std::vector<double> loss = losses_to(run, each.last);
    std::vector<double> steps;
    for (std::size_t t = 0; t < loss.size(); ++t) steps.push_back(static_cast<double>(t));
    const double slope =
        -log_slope(steps, loss, static_cast<double>(each.first), static_cast<double>(each.last), 1e-14) /
        each.time;
    expect_equal(slope, each.value, 1e-8, each.scene);
    expect_equal(slope, each.theory, each.tolerance, each.scene);
  }
}

// At the end what is left of it is rounding of either sign.
TEST(SimplexNumbers, ADivergenceIsNotNegative) {
  iem::Run run(load_scene("triangle_leaves"), testing::pool());
  for (int step = 0; step <= 40; ++step) {
    run.seek(step);
    EXPECT_GE(run.evaluation().loss, 0) << "step " << step;
  }
}

TEST(SimplexNumbers, TheBestConstantStepLeavesAsMuchInBothCoordinates) {
  for (const auto& [scene, value] : {std::pair{"triangle_best_step", 0.35098818288583233},
                                     {"triangle_best_step_shares", 0.3511932147556664}}) {
    iem::Run run = run_of_scene(scene);
    const Eigen::Vector2d curvatures = model_of<Simplex>(run).curvatures();
    const double kappa = curvatures[1] / curvatures[0];
    expect_equal(kappa, 0.25 / 0.12, 1e-12, scene);
    expect_equal((kappa - 1) / (kappa + 1), 0.3513513513513513, 1e-12, scene);
    run.seek(40);
    const std::vector<double> loss = run.history().column(kLossColumn);
    std::size_t near = 0;
    while (loss[near] >= 1e-9) ++near;
    // KL is near 10^-14 there, and rounded.
    expect_equal(std::pow(loss[near + 5] / loss[near - 5], 0.05), value, 1e-3, scene);
  }
}

TEST(WindTunnelNumbers, EnergiesOfNeighboursPartWithTheEvidence) {
  const iem::Run run = run_of_scene("tunnel_one_factor");
  const Eigen::MatrixXd keys = model_of<WindTunnel>(run).bayesian_keys();
  const Dataset& data = *run.setup().data;
  for (const auto& [count, value] : {std::pair<Eigen::Index, double>{1, 0.505420270590359},
                                     {6, 2.9767993491729583},
                                     {12, 5.960055275251203}}) {
    double sum = 0;
    int pairs = 0;
    for (Eigen::Index e = 0; e < data.size(); ++e) {
      const Eigen::Vector2d query(data.points.row(e).head(count).sum(), static_cast<double>(count));
      const Eigen::VectorXd scores = keys * query;
      for (int h = 0; h < 3; ++h)
        if (std::abs(h - data.labels[e]) == 1) sum += scores[data.labels[e]] - scores[h], ++pairs;
    }
    expect_equal(sum / pairs, value, 1e-9, "after " + std::to_string(count));
    EXPECT_NEAR(sum / pairs, 0.5 * static_cast<double>(count), 0.05) << "theory";
  }
}

TEST(WindTunnelNumbers, TheOutputWalksToACorner) {
  const iem::Run run = run_of_scene("tunnel_manifold");
  const WindTunnel& model = model_of<WindTunnel>(run);
  const Eigen::MatrixXd p = model.shares(model.bayesian_keys(), *run.setup().data, 0);
  expect_equal(p(0, 0), 0.012888269824428433, 1e-9, "p");
  expect_equal(p(11, 1), 0.00573024237897886, 1e-9, "p");
  for (const auto& [after, x, y] : {std::tuple{1, 0.5781907220210981, 0.7082719624058352},
                                    {4, 0.5214997566087296, 0.8287253362161411},
                                    {12, 0.5028651210880334, 0.8610628681386736}}) {
    const Eigen::Vector2d at = place_of(p.row(after - 1).transpose());
    expect_equal(at[0], x, 1e-9, "x");
    expect_equal(at[1], y, 1e-9, "y");
  }
}

TEST(WindTunnelNumbers, TheEntropiesOfTheGame) {
  iem::Run run = run_of_scene("tunnel_elimination");
  for (const auto& [step, entropies] :
       {std::pair<int, std::vector<double>>{10,
                                            {1.7917594692280547, 1.6748450661444882, 1.5458064377363285,
                                             1.405206505624381, 1.2625210812480727, 1.1782455176957902}},
        {100,
         {1.7917594692280547, 1.6182649636344706, 1.4083167187266725, 1.1425069734848248, 0.7803428749869553,
          0.2136614717357061}}}) {
    run.seek(step);
    const std::vector<double> found = model_of<WindTunnel>(run).elimination(run.state().theta[0]);
    ASSERT_EQ(found.size(), entropies.size());
    for (std::size_t k = 0; k < found.size(); ++k)
      expect_equal(found[k], entropies[k], 1e-9, "after " + std::to_string(k));
  }
  EXPECT_NEAR(run.setup().problem().exact(run).front().theory, 1.096542, 5e-7);
}

TEST(ReluNumbers, TheKernelOfTheStartAndStraightLines) {
  const iem::Run run = run_of_scene("knots_stay");
  const Eigen::VectorXd found = model_of<Relu1d>(run).kernel_eigenvalues();
  const Eigen::Vector4d known(2.4203181875626805, 15.899232755331422, 312.47658719841337, 484.71046083305123);
  ASSERT_EQ(found.size(), 4);
  for (Eigen::Index k = 0; k < 4; ++k) expect_equal(found[k], known[k], 1e-9, "eigenvalue");
  // From point to point: the sum of what the slope changes by.
  const Relu1d& model = model_of<Relu1d>(run);
  double bend = 0;
  for (const double x : {-0.3, 0.3})
    bend += std::abs(model.straight(x + 0.3) - 2 * model.straight(x) + model.straight(x - 0.3)) / 0.3;
  EXPECT_NEAR(bend, 6.333333333, 1e-8);
}

TEST(ReluNumbers, TheMedianOfTheKnotsThatBeganInside) {
  for (const auto& [scene, value] :
       {std::pair{"knots_stay", 0.0008035397709536957}, {"knots_run", 0.2999998290013217}}) {
    iem::Run run = run_of_scene(scene);
    const Theta start = run.state().theta;
    run.seek(1500);
    std::vector<double> moves;
    for (Eigen::Index i = 0; i < Relu1d::kNeurons; ++i)
      if (std::abs(Relu1d::knot(start, i)) < 1)
        moves.push_back(std::abs(Relu1d::knot(run.state().theta, i) - Relu1d::knot(start, i)));
    std::ranges::sort(moves);
    const std::size_t half = moves.size() / 2;
    expect_equal((moves[half] + moves[(moves.size() - 1) / 2]) / 2, value, 1e-8, scene);
  }
}

TEST(GroupNumbers, WhatTheoryKnowsOfTheRows) {
  const iem::Run run = run_of_scene("groups_leave");
  const GroupNets& model = model_of<GroupNets>(run);
  const std::vector<double> pulls = {
      0.664623282356997,  1.4673998632744023, 1.1454885236249368, 0.8329676167451259,  1.041382062579463,
      0.2992019320425029, 1.010708141986913,  0.7286538605027769, 0.43176952246226735, 0.7158117799619252};
  for (std::size_t l = 0; l < pulls.size(); ++l)
    expect_equal(model.pulls()[static_cast<Eigen::Index>(l)], pulls[l], 1e-9, "pull " + std::to_string(l));
  EXPECT_EQ(model.first(), 1);
  expect_equal(model.leaving_time() / 0.06, 126.15519944930507, 1e-9, "theory");
  expect_equal(model.oracle_error(), 0.023642223057596702, 1e-9, "least squares that knows the groups");
  expect_equal(model.shortest_error(), 0.7321329668737534, 1e-9, "the shortest weights");
  const iem::Run small = run_of_scene("groups_leave_small_start");
  expect_equal(model_of<GroupNets>(small).leaving_time() / 0.02, 1261.5519944930509, 1e-9, "theory");
}

TEST(EquilibriumNumbers, TheGradientThroughSoManyPasses) {
  iem::Run run = run_of_scene("fixed_point");
  run.apply({"state.A", Tensor{{2, 2}, {0.5, -0.3, -0.2, 0.4}}});
  run.apply({"state.B", Tensor{{1, 2}, {0.7, -0.4}}});
  const Equilibrium& model = model_of<Equilibrium>(run);
  for (const auto& [passes, value] : {std::pair{5, 0.33658437644425265},
                                      {10, 0.12459094312808949},
                                      {20, 0.014043083530097422},
                                      {40, 0.00016281761094849578}})
    expect_equal(model.unrolled_error(run.state().theta, *run.setup().data, passes), value, 1e-9,
                 std::to_string(passes) + " passes");
  // A difference of numbers near 0.1.
  expect_equal(model.unrolled_error(run.state().theta, *run.setup().data, 80), 2.164358614553663e-08, 1e-7,
               "80");
}

TEST(EquilibriumNumbers, TheWayDownAtItsEnd) {
  iem::Run run = run_of_scene("fixed_point");
  const Equilibrium& model = model_of<Equilibrium>(run);
  expect_equal(model.best_row()[0], 1.0493700280859217, 1e-9, "M*");
  expect_equal(model.best_row()[1], -0.9225911223385062, 1e-9, "M*");
  expect_equal(model.best(), 0.004594820056590254, 1e-9, "J*");
  run.seek(599);
  const std::vector<ExactQuantity> exact = run.setup().problem().exact(run);
  expect_equal(exact[0].measured, 0.9482651232618784, 1e-7, "measured");  // J - J* is rounded there
  run.seek(600);
  expect_equal(model.factor(run.state().theta, 0.03), 0.9482575098257008, 1e-9, "theory");
  EXPECT_NEAR(exact[0].measured, exact[0].theory, 1e-4);
  EXPECT_NEAR(exact[1].measured, 0.8, 1e-3);
}

// The loss of two classes over the gap of their energies.
TEST(FenchelYoungNumbers, TheLossOverTheGap) {
  struct Gap {
    double gap, softmax, entmax, sparsemax;
  };
  for (const Gap& each : {Gap{0.5, 0.4740769841801067, 0.18437137891806935, 0.0625},
                          {0.999, 0.31353072726070086, 0.06182529045369528, 2.5e-07},
                          {1.0, 0.31326168751822286, 0.06165586760616107, 0},
                          {1.001, 0.31299284438767505, 0.061486728231966076, 0},
                          {1.5, 0.20141327798275246, 0.00883268210316393, 0},
                          {1.999, 0.1270472664751161, 8.330216467273255e-11, 0},
                          {2.0, 0.1269280110429726, 0, 0},
                          {3.0, 0.04858735157374196, 0, 0},
                          {5.0, 0.006715348489117967, 0, 0}}) {
    const std::array<double, 2> d = {0, each.gap};
    std::array<double, 2> p{};
    const auto found = [&](Responsibility rule) { return log_partition(rule, d, 1.0, p); };
    EXPECT_NEAR(found(Responsibility::softmax), each.softmax, 1e-9) << each.gap;
    EXPECT_NEAR(found(Responsibility::entmax15), each.entmax, 1e-15) << each.gap;
    EXPECT_NEAR(found(Responsibility::sparsemax), each.sparsemax, 1e-15) << each.gap;
  }
}

TEST(SpreadNumbers, DescentMovesTheMeansAndZScoresStall) {
  iem::Run descent = run_of_scene("spread_descent");
  const Theta start = descent.state().theta;
  descent.seek(2000);
  const Theta way = descent.state().theta - start;
  EXPECT_NEAR(way.head(10).mean(), -0.0061, 5e-5);
  EXPECT_NEAR(way.tail(5).mean(), -0.0055, 5e-5);
  for (const auto& [scene, mean, most] :
       {std::tuple{"spread_z_score", 5.0e-4, 5.2e-4}, {"spread_z_score_small", 2.173e-5, 2.26437e-5}}) {
    iem::Run run = run_of_scene(scene);
    run.seek(1999);
    const std::vector<double> loss = run.history().column(kLossColumn);
    double sum = 0, largest = 0;
    for (std::size_t t = 1800; t < 2000; ++t) sum += loss[t] / 200, largest = std::max(largest, loss[t]);
    expect_equal(sum, mean, 0.02, scene);
    expect_equal(largest, most, 0.02, scene);
  }
}

}  // namespace
}  // namespace iem
