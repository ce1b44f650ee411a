// Compared runs on the engine: with the clock, and by undo and redo.
#include "core/run/comparison.h"
#include "core/run/engine.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

TEST(ComparisonInEngine, RunsGoWithTheClockAndOneUndoBringsThemBack) {
  Engine engine(rule_run_with("gd", "learning_rate = 0.2"));
  engine.compare_rules();
  engine.seek(70);
  engine.wait_until_idle();
  auto snapshot = engine.snapshot();
  ASSERT_EQ(snapshot->lanes.size(), 3u);
  EXPECT_EQ(snapshot->name, "GD");
  for (const ComparedRun& lane : snapshot->lanes) EXPECT_EQ(lane.history.size(), 71) << lane.label;
  engine.apply_to(1, {"model.temperature", 2.0, 0});
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->lanes[0].setup->config().real("model.temperature"), 2.0);
  EXPECT_EQ(engine.snapshot()->config().real("model.temperature"), 1.0);
  engine.undo();
  engine.make_first(1);
  engine.restart();
  engine.wait_until_idle();
  snapshot = engine.snapshot();
  EXPECT_EQ(snapshot->config().text("optimizer.method"), "em");
  ASSERT_EQ(snapshot->lanes.size(), 3u) << "they begin again too";
  EXPECT_EQ(snapshot->lanes[0].label, "GD");
  EXPECT_EQ(snapshot->lanes[0].history.size(), 1);
  engine.compare({});
  engine.wait_until_idle();
  EXPECT_TRUE(engine.snapshot()->lanes.empty());
  engine.undo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->lanes.size(), 3u);
  EXPECT_TRUE(engine.take_notices().empty());
}
}  // namespace
}  // namespace iem::testing
