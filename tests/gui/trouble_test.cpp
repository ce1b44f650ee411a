// What goes wrong is named above the stage, and mended from there.
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Collapse : public AppTest {
 protected:
  Collapse() : AppTest("collapse") {}
};

TEST_F(Collapse, IsNamedAndMendedInOneUndoStep) {
  app().engine().step(200);
  settled();
  ASSERT_FALSE(app().context().snapshot().diagnoses.empty());
  EXPECT_EQ(app().context().snapshot().diagnoses.front().kind, "metric_collapse");
  ASSERT_FALSE(settled()->config().flag("model.volume_term"));
  run([](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo("//Stage###stage").Window->ID);
    at.ItemClick("##remedy");
  });
  EXPECT_TRUE(settled()->config().flag("model.volume_term"));
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_FALSE(settled()->config().flag("model.volume_term"));
}

class Healthy : public AppTest {};

TEST_F(Healthy, RunsAreLeftInPeace) {
  app().engine().step(10);
  settled();
  EXPECT_TRUE(app().context().snapshot().diagnoses.empty());
}

}  // namespace
}  // namespace iem::gui
