// Runs on their way to be shown beside another: each comes when it is made, and the making can be ended.
#include "core/run/engine.h"
#include "tests/core/optimize/rule_support.h"
#include "tests/core/run/engine_support.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

// The best rate of the second is sought over more steps than anybody waits for.
class EndlessComparison : public ::testing::Test {
 protected:
  EndlessComparison() : engine(endless()) {
    engine.seek(20);
    engine.compare(
        {{.settings = {{"optimizer.method", std::string("em"), 0}}},
         {.name = "Adam", .settings = {{"optimizer.method", std::string("adam"), 0}}, .best_rate = true}});
  }
  static iem::Run endless() {
    Scene scene = rule_run_with("gd", "learning_rate = 0.2").origin();
    scene.config.set("schedule.stop_steps", std::int64_t{1'000'000'000'000});
    return iem::Run(std::move(scene), pool());
  }
  // The first is shown while the second is made.
  void come_so_far() {
    ASSERT_TRUE(wait_for(engine, [&](const Snapshot& s) {
      const auto coming = engine.coming();
      return s.lanes.size() == 1 && coming && coming->place == 2;
    }));
    const auto coming = engine.coming();
    ASSERT_TRUE(coming);
    EXPECT_EQ(coming->name, "Adam");
    EXPECT_EQ(coming->of, 2U);
    EXPECT_EQ(coming->last, 0) << "its rate is sought";
  }
  std::size_t lanes() {
    engine.wait_until_idle();
    EXPECT_FALSE(engine.coming());
    return engine.snapshot()->lanes.size();
  }
  Engine engine;
};

TEST_F(EndlessComparison, IsEndedByAPauseAndKeepsWhatHasCome) {
  come_so_far();
  engine.pause();
  EXPECT_EQ(lanes(), 1U);
  EXPECT_EQ(engine.take_notices(), std::vector<std::string>{"Ended: 1 of 2 runs have come."});
  engine.undo();
  EXPECT_EQ(lanes(), 0U);
  engine.redo();
  EXPECT_EQ(lanes(), 1U);
}

TEST_F(EndlessComparison, IsEndedByDismissingTheRuns) {
  come_so_far();
  engine.compare({});
  EXPECT_EQ(lanes(), 0U);
}

TEST_F(EndlessComparison, IsEndedWithTheEngineAndLeavesTheRunsAsTheyWere) {
  come_so_far();
  engine.end_replays();
  EXPECT_EQ(lanes(), 0U);
}

TEST_F(EndlessComparison, LeavesAllAsItWasWhereNoneHasCome) {
  engine.compare({{.settings = {{"optimizer.method", std::string("adam"), 0}}, .best_rate = true}});
  ASSERT_TRUE(wait_for(engine, [&](const Snapshot&) {
    const auto coming = engine.coming();
    return coming && coming->of == 1;
  }));
  engine.end_coming();
  EXPECT_EQ(lanes(), 1U) << "those of before";
  EXPECT_FALSE(engine.take_notices().empty());
}

}  // namespace
}  // namespace iem::testing
