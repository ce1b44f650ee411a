// Lanes of other rules are the runs that those rules would have been.
#include "core/run/compare.h"

#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

TEST(CompareRules, EachLaneIsTheSameStartUnderItsRule) {
  iem::Run run = rule_run_with("gd", "learning_rate = 0.2");
  run.seek(30);
  const std::vector<ComparedRun> lanes = compare_rules(run, {"gd", "em", "natural"}, 12);
  ASSERT_EQ(lanes.size(), 2u);  // not the run's own rule
  EXPECT_EQ(lanes[0].label, "EM");
  EXPECT_EQ(lanes[1].label, "Natural");
  const char* methods[] = {"em", "natural"};
  for (std::size_t i = 0; i < 2; ++i) {
    iem::Run alone = rule_run_with(methods[i], "learning_rate = 0.2");
    alone.seek(12);
    EXPECT_EQ(lanes[i].history.column(0), alone.history().column(0));
    EXPECT_EQ(lanes[i].path.front()->state.theta, run.timeline().frames().begin()->second->state.theta);
    EXPECT_EQ(lanes[i].path.back()->state.theta, alone.state().theta);
  }
  EXPECT_EQ(run.state().step, 30);
}

TEST(CompareRules, ARuleThatDoesNotApplyIsLeftOut) {
  iem::Run run = rule_run_with("gd", "", "volume_term = false");  // no M-step there
  const std::vector<ComparedRun> lanes = compare_rules(run, {"em", "adam"}, 3);
  ASSERT_EQ(lanes.size(), 1u);
  EXPECT_EQ(lanes[0].label, "Adam");
}

TEST(CompareRules, ALaneThatDivergesEndsThere) {
  iem::Run run = rule_run_with("em", "learning_rate = 1e200");
  const std::vector<ComparedRun> lanes = compare_rules(run, {"gd"}, 50);
  ASSERT_EQ(lanes.size(), 1u);
  EXPECT_LT(lanes[0].history.size(), 51);
}

}  // namespace
}  // namespace iem::testing
