// Two clouds at a chosen distance: their means, and how fast EM tells them apart.
#include <cmath>

#include "core/model/fixed_point.h"
#include "core/session/scene_file.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

iem::Run pair(const std::string& separation) {
  return rule_run(
      "[data]\nsource = \"pair\"\ncount = 4000\nnoise = 1.0\nseparation = " + separation +
      "\n[model]\ncomponents = 2\ncovariance = \"fixed\"\nlearn = [\"means\"]\ninit = \"explicit\"\n"
      "means = [[-1.0, 1.0], [1.0, -1.0]]\n[optimizer]\nmethod = \"em\"\n");
}

TEST(PairSource, PutsTheMeansAtTheirDistance) {
  const iem::Run run = pair("3.0");
  const Dataset& data = *run.setup().data;
  double sum[2] = {0, 0};
  for (Eigen::Index i = 0; i < data.size(); ++i) sum[data.labels[i]] += data.points(i, 0) / 2000;
  EXPECT_NEAR(sum[1] - sum[0], 3, 0.15);
  EXPECT_NEAR(sum[1] + sum[0], 0, 0.15);
}

// The share of missing information grows as the clouds approach, and with it what a step of EM leaves of an
// error: for means only it is the expectation of r_0 r_1 times the squared distance (Xu & Jordan 1996).
TEST(PairSource, ContractsAsTheMissingInformationSays) {
  double last = 0;
  for (const std::string separation : {"6.0", "4.0", "3.0", "2.0"}) {
    iem::Run run = pair(separation);
    run.seek(3);
    const FixedPoint end =
        find_fixed_point(*run.setup().model, *run.setup().data, 1, run.state().theta, 0, 2000);
    ASSERT_TRUE(end.reached);
    const Spectra s = spectra_at(*run.setup().model, *run.setup().data, 1, end.theta, 0);
    const double rate = 1 - s.preconditioned[0];
    EXPECT_GT(rate, last);
    last = rate;
    // Along the line between the middles: integral over the true density of r_0 r_1 (x - mu_0)(x - mu_1) ...
    // by plain summation over the line of d/dmu of the EM map of the symmetric pair, m -> E[x tanh(m x)].
    const double half = 0.5 * std::stod(separation);
    double symmetric = 0;
    for (double x = -half - 10; x < half + 10; x += 1e-3) {
      const double p = (std::exp(-0.5 * (x - half) * (x - half)) + std::exp(-0.5 * (x + half) * (x + half))) /
                       (2 * std::sqrt(2 * M_PI));
      const double sech = 1 / std::cosh(half * x);
      symmetric += 1e-3 * p * x * x * sech * sech;
    }
    EXPECT_GE(rate, symmetric - 0.03) << separation;
  }
}

// How much of an error a step of EM leaves, near the end: the ratio of two steps.
double left_by_a_step(double separation, std::int64_t at) {
  Scene scene = load_scene("two_blobs");
  scene.config.set("data.separation", separation);
  iem::Run run(std::move(scene), std::make_shared<ThreadPool>(1));
  std::vector<Theta> states;
  for (std::int64_t t = at; t < at + 3; ++t) {
    run.seek(t);
    states.push_back(run.state().theta);
  }
  return (states[2] - states[1]).norm() / (states[1] - states[0]).norm();
}

TEST(TwoBlobs, AStepOfEmLeavesWhatTheSceneSays) {
  EXPECT_NEAR(left_by_a_step(6, 6), 0.02, 0.005);
  EXPECT_NEAR(left_by_a_step(1, 80), 0.79, 0.01);
}

}  // namespace
}  // namespace iem::testing
