// The controls: made from the parameter table, and every change an edit that restarts nothing.
#include <algorithm>

#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

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
    for (const char* group : {"view", "schedule", "objective"})
      at.ItemClick(("##fold." + std::string(group)).c_str());
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

// With what is allowed instead, as the command line says it.
TEST_F(Controls, AValueThatIsRefusedIsSaid) {
  const auto typed = [&](const char* row, const char* words) {
    in_panel([&](ImGuiTestContext& at) {
      at.ItemDoubleClick(row);
      at.KeyCharsReplaceEnter(words);
      at.Yield(2);
    });
    const auto& said = app().context().notices().history();
    return said.empty() ? std::string() : said.back();
  };
  EXPECT_EQ(typed("##model.temperature", "-5"), "Temperature: -5 must be greater than 0.");
  EXPECT_EQ(typed("##model.temperature", "abc"), "Temperature: abc must be a number (above 0).");
  EXPECT_EQ(typed("##model.temperature", "nan"), "Temperature: nan: numbers must be finite (above 0).");
  EXPECT_EQ(typed("##model.components/value", "99"), "Prototypes: 99 must be from 1 to 64.");
  EXPECT_EQ(real("model.temperature"), 1);
  const std::size_t before = app().context().notices().history().size();
  in_panel([](ImGuiTestContext& at) {
    at.ItemDoubleClick("##model.temperature");
    at.KeyCharsReplace("-7");
    at.KeyPress(ImGuiKey_Escape);
  });
  EXPECT_EQ(app().context().notices().history().size(), before) << "Escape is no try";
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

// The menu beside the segments has all rules; a rule without a segment is said in a row.
TEST_F(Controls, OtherLearningRulesAreInTheList) {
  in_panel([](ImGuiTestContext& at) {
    EXPECT_FALSE(at.ItemExists("##optimizer.method"));
    at.ItemClick("##all.optimizer.method");
    at.Yield(2);
    const ImGuiWindow* menu = ImGui::GetCurrentContext()->OpenPopupStack.back().Window;
    EXPECT_LE(menu->Pos.y + menu->Size.y, 800) << "all of it is in the window";
    at.ItemClick("//$FOCUSED/Adam/##item");
  });
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

// One line each for what a scene leaves alone; open what it sets.
TEST_F(Controls, GroupsAtTheirDefaultsAreFolded) {
  const auto folded = [&](Group group) { return app().controls().is_folded(app().context(), group); };
  for (const Group group : {Group::objective, Group::schedule, Group::view}) EXPECT_TRUE(folded(group));
  for (const Group group : {Group::data, Group::model, Group::learning}) EXPECT_FALSE(folded(group));
  app().open("annealing");
  settled();
  settled();
  ASSERT_EQ(settled()->setup->scene.name, "annealing");
  EXPECT_FALSE(folded(Group::schedule)) << "the scene lowers the temperature";
  EXPECT_FALSE(app().controls().rows().contains("data.held_out"));
  app().open("held_out");
  settled();
  settled();
  EXPECT_TRUE(app().controls().rows().contains("data.held_out")) << "the scene is about it";
}

// What the first lesson needs is seen without scrolling in a window of 1280 x 800.
TEST(FirstControls, OfPenguinsAreAboveTheFold) {
  AppFrame frame;
  Driver driver(frame);
  frame.app = std::make_unique<App>(driver.window(), open_scene("penguins").run);
  frame.app->context().set("optimizer.method", std::string("gd_to_em"));
  frame.app->engine().wait_until_idle();
  for (int i = 0; i < 8; ++i) driver.window().render(frame);
  EXPECT_EQ(driver.run([&](ImGuiTestContext& at) {
    const ImGuiWindow* panel = at.WindowInfo(kPanel).Window;
    EXPECT_EQ(panel->ScrollMax.y, 0) << "all of it fits";
    at.SetRef(panel->ID);
    for (const char* row :
         {"##model.components", "##model.temperature", "##optimizer.blend", "##optimizer.learning_rate"})
      EXPECT_LE(at.ItemInfo(row).RectFull.Max.y, panel->InnerClipRect.Max.y) << row;
  }),
            "");
  frame.app.reset();
}

// A row that appears is seen; another scene begins at its top.
TEST(ShortControls, ScrollToWhatAppearsAndToTheTopOfANewScene) {
  AppFrame frame;
  Driver driver(frame, headless_options(1280, 520));
  frame.app = std::make_unique<App>(driver.window(), open_scene("penguins").run);
  App& app = *frame.app;
  const auto draw = [&] {
    app.engine().wait_until_idle();
    do driver.window().render(frame);
    while (frame.restless());
    for (int i = 0; i < 4; ++i) driver.window().render(frame);
  };
  const auto panel = [] {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if (std::string_view(window->Name).find("controls/##controls") != std::string_view::npos) return window;
    return static_cast<const ImGuiWindow*>(nullptr);
  };
  draw();
  ASSERT_NE(panel(), nullptr);
  EXPECT_EQ(panel()->Scroll.y, 0);
  ASSERT_FALSE(app.controls().rows().contains("optimizer.blend"));
  app.context().set("optimizer.method", std::string("gd_to_em"));
  draw();
  ASSERT_TRUE(app.controls().rows().contains("optimizer.blend"));
  EXPECT_GT(panel()->Scroll.y, 0);
  app.open("three_blobs");
  draw();
  draw();
  EXPECT_EQ(panel()->Scroll.y, 0);
  frame.app.reset();
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

class FoldedGroups : public AppTest {
 protected:
  FoldedGroups() : AppTest("penguins") {}
};

// A folded group says its state in whole words, and how many it leaves out.
TEST_F(FoldedGroups, CutTheirStateAfterWholeItems) {
  settled();
  const std::vector<DrawnText> all = drawn_words();
  const auto view = std::ranges::find_if(
      all, [](const DrawnText& each) { return each.words.find("lines,") != std::string::npos; });
  ASSERT_NE(view, all.end());
  EXPECT_EQ(view->words.find("…"), std::string::npos) << view->words;
  EXPECT_NE(view->words.find("+"), std::string::npos) << view->words;
}

}  // namespace
}  // namespace iem::gui
