// The inspector follows the pointer and the pins, and the list of checks follows the run.
#include "app/gui/controls/inspector.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "core/base/number.h"
#include "imgui_internal.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class Inspecting : public AppTest {
 protected:
  void press(ImGuiKeyChord chord) {
    run([chord](ImGuiTestContext& at) {
      at.KeyPress(chord);
      at.Yield(3);
    });
  }
};

TEST_F(Inspecting, ShowsThePinnedPointThenWhatIsUnderThePointer) {
  press(ImGuiKey_I);
  ASSERT_TRUE(app().inspector().is_open());
  EXPECT_EQ(app().inspector().shown().title, "") << "nothing is pinned yet";
  app().context().view().pin_point(7);
  settled();
  driver.window().render(frame);
  EXPECT_EQ(app().inspector().shown().title, "Point 7");
  ASSERT_FALSE(app().inspector().shown().table.empty());
  const ImVec2 at_prototype = prototype(1);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(at_prototype);
    at.Yield(3);
    EXPECT_EQ(app().inspector().shown().title, "Prototype 2");
  });
  run([](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo("//##inspector/##inspected").ID);
    at.ItemClick("##close.inspector");
  });
  EXPECT_FALSE(app().inspector().is_open());
}

// Of a query the last numbers lay on those before them.
class InspectingQueries : public AppTest {
 protected:
  InspectingQueries() : AppTest("routing_toy") {}
};

TEST_F(InspectingQueries, NoNumberReachesIntoTheColumnBefore) {
  constexpr float kFirst = 18, kWidth = 296;
  for (const int steps : {0, 1, 59}) {
    if (steps > 0) app().engine().step(steps);
    const auto snapshot = settled();
    const Inspection shown = app().context().lab().inspect(*snapshot, {ElementId::Kind::query, 0}, -1);
    ASSERT_EQ(shown.table.size(), 5U);
    run([&](ImGuiTestContext&) {
      const TableType as = type_of_table(shown.table, px(kFirst), px(kWidth));
      ASSERT_EQ(as.rights.size(), shown.table.size());
      float left = px(kFirst);
      for (std::size_t c = 0; c < shown.table.size(); ++c) {
        for (const double value : shown.table[c].values)
          EXPECT_LT(left + measure_text(shown_number(value, as.digits), as.size).width, as.rights[c])
              << shown.table[c].symbol << " at step " << snapshot->state.step;
        left = as.rights[c];
      }
      EXPECT_LE(left, px(kWidth) + 0.5F);
      EXPECT_GE(as.digits, 2);
    });
  }
}

// Where the plots are tabs under the stage, the inspector has a strip of its own.
class InspectingNarrow : public AppTest {
 protected:
  InspectingNarrow() : AppTest("three_blobs", 1024, 720) {}
  ImVec4 stage() {
    settled();
    const ImGuiWindow* window = ImGui::FindWindowByName("Stage###stage");
    IM_ASSERT(window != nullptr);
    return {window->Pos.x, window->Pos.y, window->Pos.x + window->Size.x, window->Pos.y + window->Size.y};
  }
  void toggle() {
    run([](ImGuiTestContext& at) {
      at.KeyPress(ImGuiKey_I);
      at.Yield(6);
    });
  }
};

TEST_F(InspectingNarrow, CoversNoStageAndLeavesTheLayoutAsItWas) {
  const ImVec4 before = stage();
  toggle();
  const ImGuiWindow* inspector = ImGui::FindWindowByName("##inspector");
  ASSERT_NE(inspector, nullptr);
  EXPECT_LE(stage().z, inspector->Pos.x + 1);
  EXPECT_GT(stage().z - stage().x, 300);
  toggle();
  EXPECT_EQ(stage().z, before.z);
  EXPECT_FALSE(app().layout().customised());
}

TEST_F(Inspecting, ItsNumbersFollowTheRun) {
  press(ImGuiKey_I);
  app().context().view().pin_point(7);
  settled();
  driver.window().render(frame);
  const double before = app().inspector().shown().table[0].values[0];
  press(ImGuiKey_RightArrow);
  settled();
  driver.window().render(frame);
  EXPECT_NE(app().inspector().shown().table[0].values[0], before);
}

TEST_F(Inspecting, ThePinnedCellOpensIt) {
  app().context().view().pin_point(7);
  run([](ImGuiTestContext& at) { at.ItemClick("//Pinned point###responsibilities/##inspect"); });
  EXPECT_TRUE(app().inspector().is_open());
}

TEST_F(Inspecting, ChecksFollowTheRunAndStayOpenWhileOneWorks) {
  press(ImGuiKey_C);
  settled();
  ASSERT_FALSE(app().checks().results().empty());
  EXPECT_EQ(app().checks().step(), 0);
  press(ImGuiKey_RightArrow);
  settled();
  settled();
  EXPECT_EQ(app().checks().step(), 1);
  const ImVec2 empty = on_stage(0, 0);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(empty);
    at.MouseClick();
    at.Yield(2);
  });
  EXPECT_TRUE(app().checks().is_open());
  for (const CheckResult& check : app().checks().results())
    EXPECT_NE(check.status, CheckStatus::fail) << check.id;
  press(ImGuiKey_Escape);
  EXPECT_FALSE(app().checks().is_open());
}

}  // namespace
}  // namespace iem::gui
