// Where EM ends and how fast: against EM itself, against a quadratic, and against the steps of real runs.
#include "core/model/fixed_point.h"

#include <cmath>

#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

const std::string kOverlapping =
    "[data]\nsource = \"blobs\"\ncount = 500\nclusters = 2\nnoise = 1.5\n[model]\ncomponents = 2\n"
    "[optimizer]\nmethod = \"em\"\nreg_covar = 0.0\n";

FixedPoint end_of(const iem::Run& run, Eigen::Index passes, double reg_covar = 0) {
  return find_fixed_point(*run.setup().model, *run.setup().data, 1, run.state().theta, reg_covar, passes);
}

TEST(FixedPoint, IsWhereManyEmStepsEnd) {
  iem::Run run = rule_run(kOverlapping);
  const FixedPoint end = end_of(run, 3000);
  ASSERT_TRUE(end.reached);
  run.seek(6000);
  EXPECT_LT((end.theta - run.state().theta).cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_NEAR(end.loss, run.evaluation().loss, 1e-12);
  EXPECT_LT(run.evaluation().gradient_norm(), 1e-9);
}

TEST(FixedPoint, OfRegularisedEmIsThatOfTheRule) {
  iem::Run run = rule_run(kOverlapping);
  run.apply({"optimizer.reg_covar", 0.05});
  const FixedPoint end = end_of(run, 3000, 0.05);
  ASSERT_TRUE(end.reached);
  run.seek(6000);
  EXPECT_LT((end.theta - run.state().theta).cwiseAbs().maxCoeff(), 1e-6);
}

TEST(FixedPoint, SaysWhenItWasNotReached) { EXPECT_FALSE(end_of(rule_run(kOverlapping), 3).reached); }

// One gaussian of fixed covariance: J is a quadratic with Hessian Sigma^-1, and EM is there in one step.
TEST(Spectra, OfOneFixedGaussianAreThoseOfItsPrecision) {
  iem::Run run = rule_run(
      "[model]\ncomponents = 1\ncovariance = \"fixed\"\ninit = \"explicit\"\nmeans = [[3.0, 1.0]]\n"
      "covariances = [[[4.0, 0.0], [0.0, 0.25]]]\nlearn = [\"means\"]\n");
  const Spectra s = spectra_at(*run.setup().model, *run.setup().data, 1, run.state().theta, 0);
  ASSERT_EQ(s.hessian.size(), 2);
  EXPECT_NEAR(s.hessian[0], 0.25, 1e-8);
  EXPECT_NEAR(s.hessian[1], 4, 1e-7);
  EXPECT_NEAR(condition_number(s.hessian), 16, 1e-6);
  EXPECT_NEAR(s.preconditioned[0], 1, 1e-8);
  EXPECT_NEAR(condition_number(s.preconditioned), 1, 1e-7);
}

TEST(Spectra, OfNothingLearnedAreEmpty) {
  const iem::Run run = rule_run("[model]\nlearn = []\n");
  const FixedPoint end = end_of(run, 100);
  EXPECT_TRUE(end.reached);
  const Spectra s = spectra_at(*run.setup().model, *run.setup().data, 1, run.state().theta, 0);
  EXPECT_EQ(s.hessian.size(), 0);
  EXPECT_EQ(s.preconditioned.size(), 0);
  EXPECT_EQ(spectra_passes(*run.setup().model), 0);
}

TEST(Spectra, LeaveOutTheDirectionInWhichNothingChanges) {
  iem::Run run = rule_run(kOverlapping);
  const FixedPoint end = end_of(run, 3000);
  const Spectra s = spectra_at(*run.setup().model, *run.setup().data, 1, end.theta, 0);
  EXPECT_EQ(s.hessian.size(), 11);  // 4 + 6 + 1 free logit
  EXPECT_GT(s.hessian[0], 1e-4);
  EXPECT_EQ(spectra_passes(*run.setup().model), 44);
}

// The theory against steps: far along, each step of EM multiplies the distance to the end by the largest
// eigenvalue of dEM/dtheta, and each step of gradient descent by that of 1 - eta H.
TEST(Spectra, PredictTheContractionOfRuns) {
  iem::Run run = rule_run(kOverlapping);
  const FixedPoint end = end_of(run, 3000);
  ASSERT_TRUE(end.reached);
  const Spectra s = spectra_at(*run.setup().model, *run.setup().data, 1, end.theta, 0);
  const auto measured = [&](iem::Run& moving, std::int64_t step, std::int64_t span) {
    moving.seek(step);
    const double before = moving.evaluation().loss - end.loss;
    moving.seek(step + span);
    const double after = moving.evaluation().loss - end.loss;
    EXPECT_GT(after, 1e-12);
    return std::pow(after / before, 0.5 / static_cast<double>(span));
  };
  EXPECT_NEAR(measured(run, 60, 10), 1 - s.preconditioned[0], 5e-3);
  // Down along the softest direction from near the end, where nothing else is left.
  iem::Run down = rule_run(kOverlapping);
  down.seek(200);
  down.apply({"optimizer.method", std::string("gd")});
  down.apply({"optimizer.learning_rate", 0.1});
  down.apply(
      {"state.means", Tensor{{2, 2}, {end.theta[0] + 0.05, end.theta[1], end.theta[2], end.theta[3]}}});
  EXPECT_NEAR(measured(down, 2200, 400), 1 - 0.1 * s.hessian[0], 1e-4);
}

TEST(Spectra, AreSpreadLessBehindEmsPreconditioner) {
  iem::Run run =
      rule_run("[data]\nsource = \"csv\"\npath = \"builtin:old_faithful.csv\"\n[model]\ncomponents = 2\n");
  const FixedPoint end = end_of(run, 3000);
  ASSERT_TRUE(end.reached);
  const Spectra s = spectra_at(*run.setup().model, *run.setup().data, 1, end.theta, 0);
  EXPECT_GT(condition_number(s.hessian), 100 * condition_number(s.preconditioned));
}

}  // namespace
}  // namespace iem::testing
