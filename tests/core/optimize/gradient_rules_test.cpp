// What PyTorch's numbers do not show: defaults, blocks that are not learned, memory after an edit.
#include "core/optimize/optimizer.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

const std::vector<std::string> kRulesOfGradients = {"gd",      "sgd",  "momentum", "nesterov",
                                                    "rmsprop", "adam", "adamw"};

TEST(GradientRules, DefaultsAreThoseOfTheContract) {
  const auto value = [](const std::string& method, const char* key) {
    return rule_run_with(method).setup().config().real(std::string("optimizer.") + key);
  };
  EXPECT_EQ(value("momentum", "momentum"), 0.9);
  EXPECT_EQ(value("adam", "beta1"), 0.9);
  EXPECT_EQ(value("adam", "beta2"), 0.999);
  EXPECT_EQ(value("adam", "eps"), 1e-8);
  EXPECT_EQ(value("adam", "weight_decay"), 0);
  EXPECT_EQ(value("adamw", "weight_decay"), 0.01);
  EXPECT_EQ(value("rmsprop", "alpha"), 0.99);
  EXPECT_EQ(rule_run_with("sgd").setup().config().integer("optimizer.batch_size"), 32);
}

TEST(GradientRules, LeaveAloneWhatIsNotLearned) {
  for (const std::string& method : kRulesOfGradients) {
    const bool decays = method != "gd" && method != "sgd";
    iem::Run run = rule_run_with(method, decays ? "weight_decay = 0.1" : "", "learn = [\"means\"]");
    const Theta before = run.state().theta;
    run.seek(5);
    const Block& means = run.setup().model->layout().block("means");
    EXPECT_NE(run.state().theta.head(means.size()), before.head(means.size())) << method;
    EXPECT_EQ(run.state().theta.tail(before.size() - means.size()), before.tail(before.size() - means.size()))
        << method;
  }
}

// With eps = 0 the quotient of an entry without a gradient is 0/0.
TEST(GradientRules, LeaveAloneWhatHasNoGradientWithoutAnEpsilon) {
  for (const std::string method : {"rmsprop", "adam", "adamw"}) {
    iem::Run run = rule_run_with(method, "eps = 0.0\nlearning_rate = 0.01", "learn = [\"means\"]");
    const Theta before = run.state().theta;
    run.seek(5);
    ASSERT_FALSE(run.divergence()) << method;
    const Block& means = run.setup().model->layout().block("means");
    EXPECT_NE(run.state().theta.head(means.size()), before.head(means.size())) << method;
    EXPECT_EQ(run.state().theta.tail(before.size() - means.size()), before.tail(before.size() - means.size()))
        << method;
    // The one weight there is has a gradient of 0, although it is learned.
    iem::Run alone = rule_run_with(method, "eps = 0.0\nlearning_rate = 0.01", "components = 1");
    alone.seek(5);
    EXPECT_FALSE(alone.divergence()) << method;
    EXPECT_EQ(alone.state().step, 5) << method;
  }
}

TEST(GradientRules, DescendOnBlobs) {
  for (const std::string& method : kRulesOfGradients) {
    iem::Run run = rule_run_with(method, "learning_rate = 0.02");
    const double before = run.evaluation().loss;
    run.seek(60);
    EXPECT_LT(run.evaluation().loss, before) << method;
  }
}

// The memory of an entry that a hand moved starts anew: its next step is a first step, the others' are not.
TEST(Adam, ForgetsWhatWasMovedByHand) {
  iem::Run run = rule_run_with("adam", "learning_rate = 0.01\neps = 0.0");
  run.seek(10);
  Tensor means = run.setup().model->natural(run.state().theta).front().tensor;
  means.data[0] += 0.3;
  run.apply({"state.means", means});
  const Theta before = run.state().theta;
  const double sign = run.evaluation().gradient[0] > 0 ? 1 : -1;
  ASSERT_EQ(run.step(), StepResult::stepped);
  EXPECT_NEAR(run.state().theta[0], before[0] - 0.01 * sign, 1e-15);  // Adam's first step has length eta
  EXPECT_EQ(run.state().optimizer_state.vectors[2][0], 1);
  EXPECT_EQ(run.state().optimizer_state.vectors[2][1], 11);
}

TEST(Rules, KeysThatARuleDoesNotReadSaySo) {
  iem::Run run = rule_run_with("gd");
  EXPECT_NE(run.setup().config().unavailable_reason("optimizer.beta1"), "");
  EXPECT_EQ(rule_run_with("adam").setup().config().unavailable_reason("optimizer.beta1"), "");
}

}  // namespace
}  // namespace iem::testing
