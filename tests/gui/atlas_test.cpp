// The atlas of starts in the window: it is made coarse first and then finer, says what is under the pointer,
// and a click starts there.
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

}  // namespace
}  // namespace iem::gui
