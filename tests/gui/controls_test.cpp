// The controls: made from the parameter table, and every change an edit that restarts nothing.
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

constexpr const char* kPanel = "//Controls###controls/##controls";

class Controls : public AppTest {
 protected:
  void in_panel(const std::function<void(ImGuiTestContext&)>& steps) {
    run([&](ImGuiTestContext& at) {
      at.SetRef(at.WindowInfo(kPanel).ID);
      steps(at);
    });
  }
  double real(const char* key) { return settled()->config().real(key); }
};

TEST_F(Controls, EveryKeyOfThePanelHasARow) {
  in_panel([&](ImGuiTestContext& at) {
    for (const char* group : {"schedule", "view"}) at.ItemClick(("##fold." + std::string(group)).c_str());
    for (const Parameter& p : app().context().lab().parameters()->all()) {
      if (!p.in_panel || p.advanced || p.key == "optimizer.method") continue;
      if (p.unavailable && !p.unavailable(app().context().shown_config()).empty()) continue;
      at.ScrollToItemY(("##" + p.key).c_str());
      EXPECT_NE(at.ItemInfo(("##" + p.key).c_str()).ID, 0U) << p.key;
    }
  });
}

TEST_F(Controls, DraggingASliderIsOneUndoStepAndRestartsNothing) {
  app().engine().step(7);
  const double before = real("optimizer.learning_rate");
  in_panel([](ImGuiTestContext& at) {
    at.ScrollToItemY("##optimizer.learning_rate");
    at.Yield(2);
    const ImRect row = at.ItemInfo("##optimizer.learning_rate").RectFull;
    const ImVec2 track(row.GetCenter().x, row.Min.y + px(28));  // the words above it take typed values
    at.MouseMoveToPos(track);
    at.MouseDown();
    at.MouseMoveToPos({track.x + 60, track.y});
    at.MouseUp();
    at.Yield(2);
  });
  EXPECT_EQ(step(), 7);
  EXPECT_NE(real("optimizer.learning_rate"), before);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(real("optimizer.learning_rate"), before);
  EXPECT_FALSE(settled()->can_undo);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z); });
  EXPECT_NE(real("optimizer.learning_rate"), before);
}

TEST_F(Controls, AValueIsTyped) {
  in_panel([](ImGuiTestContext& at) {
    at.ItemDoubleClick("##model.temperature");
    at.KeyChars("2.5");
    at.KeyPress(ImGuiKey_Enter);
  });
  EXPECT_EQ(real("model.temperature"), 2.5);
}

TEST_F(Controls, RightClickResets) {
  const double before = real("model.temperature");
  app().context().set("model.temperature", before * 2);
  ASSERT_EQ(real("model.temperature"), before * 2);
  in_panel([](ImGuiTestContext& at) { at.ItemClick("##model.temperature", ImGuiMouseButton_Right); });
  EXPECT_EQ(real("model.temperature"), before);
}

TEST_F(Controls, LearningRuleIsChosenBySegments) {
  in_panel([](ImGuiTestContext& at) { at.ItemClick("##optimizer.method/EM"); });
  EXPECT_EQ(settled()->config().text("optimizer.method"), "em");
}

// A script and a lesson write 10 where a real number is meant; the row reads it in the very next frame.
TEST_F(Controls, AWholeNumberIsShownWhereARealOneIsMeant) {
  app().context().set("optimizer.learning_rate", std::int64_t{10});
  EXPECT_EQ(app().context().value("optimizer.learning_rate"), Value(10.0));
  settled();
  EXPECT_EQ(app().context().snapshot().config().real("optimizer.learning_rate"), 10.0);
}

// The list of all rules is behind the dots, and stands open while a rule without a segment is chosen.
TEST_F(Controls, OtherLearningRulesAreInTheList) {
  in_panel([](ImGuiTestContext& at) {
    EXPECT_FALSE(at.ItemExists("##optimizer.method"));
    at.ItemClick("##more.learning");
    EXPECT_TRUE(at.ItemExists("##optimizer.method"));
    at.ItemClick("##more.learning");
  });
  app().context().set("optimizer.method", std::string("adam"));
  EXPECT_EQ(settled()->config().text("optimizer.method"), "adam");
  in_panel([](ImGuiTestContext& at) {
    EXPECT_TRUE(at.ItemExists("##optimizer.method"));
    at.ItemClick("##optimizer.method/GD");
  });
  EXPECT_EQ(settled()->config().text("optimizer.method"), "gd");
}

TEST_F(Controls, PrototypesAreAdded) {
  app().engine().step(3);
  in_panel([](ImGuiTestContext& at) { at.ItemClick("##model.components/plus"); });
  EXPECT_EQ(settled()->config().integer("model.components"), 4);
  EXPECT_EQ(step(), 3);
}

TEST_F(Controls, AViewKeyStaysInTheWindow) {
  const std::uint64_t state = hash();
  in_panel([](ImGuiTestContext& at) {
    at.ItemClick("##fold.view");
    at.ScrollToItemY("##view.density");
    at.ItemClick("##view.density");
  });
  EXPECT_EQ(hash(), state);
  EXPECT_FALSE(std::get<bool>(app().context().value("view.density")));
  EXPECT_TRUE(app().context().is_changed("view.density"));
}

TEST_F(Controls, ARefusedValueIsSaidAndForgotten) {
  app().context().set("model.components", std::int64_t{64});
  app().context().set("data.count", std::int64_t{10});
  settled();
  for (int i = 0; i < 60; ++i) driver.window().render(frame);
  EXPECT_FALSE(app().context().notices().history().empty());
  EXPECT_EQ(app().context().value("data.count"), settled()->config().value("data.count"));
}

}  // namespace
}  // namespace iem::gui
