// The rules of small systems, written a second time; and that they leave alone what is not learned.
#include <gtest/gtest.h>

#include <cmath>

#include "core/labs/neighbours/kit/toy.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

iem::Run run_under(const std::string& scene, const std::string& rule, double rate) {
  Scene loaded = load_scene(scene);
  loaded.config.set("optimizer.method", rule);
  loaded.config.set("optimizer.learning_rate", rate);
  return {std::move(loaded), testing::pool()};
}

Theta step_of(const iem::Run& run) {
  iem::Run next = run;
  const Theta before = run.state().theta;
  next.step();
  return next.state().theta - before;
}

TEST(SmallRules, DescendTheLogarithmOfJ) {
  for (const char* scene : {"margins_free", "margins_products_1"}) {
    iem::Run run = run_under(scene, "gd_log", 0.03);
    run.seek(9);
    EXPECT_TRUE(
        testing::close(step_of(run), -0.03 / run.evaluation().loss * run.evaluation().gradient, 1e-14));
  }
  // Where J is nothing any more, nothing moves.
  iem::Run gone = run_under("margins_free", "gd_log", 0.1);
  gone.apply({"state.w", Tensor{{1, 2}, {1e4, 1e4}}});
  EXPECT_EQ(gone.evaluation().loss, 0);
  EXPECT_TRUE(step_of(gone).isZero(0));
}

// Order 4: with steps half as long a sixteenth of the error is left, or less while steps are long.
TEST(SmallRules, FollowTheGradientFlowToOrderFour) {
  const auto after = [&](double time, int steps) {
    iem::Run run = run_under("spread_descent", "flow", time / steps);
    run.seek(steps);
    return run.state().theta;
  };
  const double time = 8;
  const Theta exact = after(time, 400);
  const double whole = (after(time, 4) - exact).norm(), half = (after(time, 8) - exact).norm();
  EXPECT_GT(whole, 1e-11);
  EXPECT_GT(std::log2(whole / half), 3.6);
}

double deviation(const Theta& values) { return std::sqrt((values.array() - values.mean()).square().mean()); }

TEST(SmallRules, TakeTheMeanOfEachBlockOff) {
  for (const char* rule : {"centred", "z_score", "common_spread"}) {
    iem::Run run = run_under("spread_descent", rule, 0.01);
    run.seek(5);
    const Theta g = run.evaluation().gradient;
    Theta first = g.head(10), second = g.tail(5);
    first.array() -= first.mean(), second.array() -= second.mean();
    Theta all(15);
    all << first, second;
    const std::string name = rule;
    const double common = std::min(25.0, 1 / deviation(all));
    Theta expected(15);
    expected << first / (name == "z_score" ? deviation(first) : 1),
        second / (name == "z_score" ? deviation(second) : 1);
    if (name == "common_spread") expected *= common;
    EXPECT_TRUE(testing::close(step_of(run), -0.01 * expected, 1e-12)) << rule;
    EXPECT_NEAR(step_of(run).head(10).mean(), 0, 1e-16) << rule;
  }
}

TEST(SmallRules, LeaveAloneWhatIsNotLearnedAndComeBackToTheSameBits) {
  for (const char* rule : {"flow", "centred", "z_score", "common_spread"}) {
    Scene scene = load_scene("spread_descent");
    scene.config.set("optimizer.method", std::string(rule));
    scene.config.set("optimizer.learning_rate", 0.01);
    scene.config.set("model.learn", std::vector<std::string>{"w_2"});
    iem::Run run(std::move(scene), testing::pool());
    const Theta start = run.state().theta;
    run.seek(6);
    EXPECT_TRUE(testing::same_bits(run.state().theta.head(10), start.head(10))) << rule;
    EXPECT_FALSE(run.state().theta.tail(5) == start.tail(5)) << rule;
    const std::uint64_t there = run.state().hash();
    run.seek(2);
    run.seek(6);
    EXPECT_EQ(run.state().hash(), there) << rule;
  }
}

}  // namespace
}  // namespace iem
