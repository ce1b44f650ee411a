// The atlas of starts in the window: it is made coarse first and then finer, says what is under the pointer,
// a click starts there, and other prototypes are dragged on it.
#include "core/atlas/atlas.h"

#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class AtlasOfStarts : public AppTest {
 protected:
  void show(std::int64_t side = 32) {
    app().context().set("optimizer.method", std::string("em"));
    app().context().set("view.atlas_size", side);
    app().context().set("view.atlas_steps", std::int64_t{40});
    app().context().set("view.centre", std::string("atlas"));
    settled();
  }
  std::shared_ptr<const Atlas> atlas() { return app().context().view().atlases->last(); }
};

TEST_F(AtlasOfStarts, BecomesAsFineAsItIsAskedFor) {
  show(128);  // in two levels
  ASSERT_TRUE(atlas());
  EXPECT_EQ(atlas()->stride, 1);
  EXPECT_EQ(atlas()->known, 128 * 128);
  EXPECT_EQ(app().context().figure("atlas").sentence, "");
}

TEST_F(AtlasOfStarts, IsMadeAgainWhenTheRuleChangesOrAPrototypeMoves) {
  show();
  const std::shared_ptr<const Atlas> before = atlas();
  app().context().set("model.temperature", 1.5);
  settled();
  EXPECT_FALSE(atlas()->plan == before->plan);
  EXPECT_EQ(atlas()->stride, 1);
}

TEST_F(AtlasOfStarts, AClickStartsThere) {
  show();
  const Tensor before =
      app().context().snapshot().model().natural(app().context().snapshot().state.theta)[0].tensor;
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos({550, 380});
    at.Yield(2);
    at.MouseClick(0);
    at.Yield(4);
  });
  settled();
  const Snapshot& now = app().context().snapshot();
  const Tensor after = now.model().natural(now.state.theta)[0].tensor;
  EXPECT_NE(after.data[0], before.data[0]);
  EXPECT_EQ(after.data[2], before.data[2]);
  EXPECT_EQ(now.edits.back().key, "state.means");
  EXPECT_TRUE(now.can_undo);
}

TEST_F(AtlasOfStarts, AnotherPrototypeIsDraggedOnItAndTheMapFollows) {
  show();
  const std::shared_ptr<const Atlas> before = atlas();
  const Theta start = settled()->state.theta;
  const paint::Px at_px = (*app().plots().map_shown())(start[2], start[3]);
  const ImVec2 from(static_cast<float>(at_px.x), static_cast<float>(at_px.y)), to(from.x + 40, from.y - 30);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(from);
    at.Yield(2);
    at.MouseDown(0);
    at.Yield(2);
    at.MouseMoveToPos(to);
    at.Yield(4);
    at.MouseUp(0);
    at.Yield(2);
  });
  const Theta end = settled()->state.theta;
  EXPECT_EQ(end[0], start[0]);
  EXPECT_EQ(end[1], start[1]);
  const paint::Px put = (*app().plots().map_shown())(end[2], end[3]);
  EXPECT_NEAR(put.x, to.x, 2);
  EXPECT_NEAR(put.y, to.y, 2);
  EXPECT_FALSE(atlas()->plan == before->plan);
  EXPECT_EQ(atlas()->stride, 1);
}

}  // namespace
}  // namespace iem::gui
