// What is small and must not come back: numbers under the pointer, spans of edits, time where nothing
// changes, keys of signs beside the stage, the stage in a low window.
#include <algorithm>
#include <set>

#include "app/gui/controls/scrub_bar.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/text.h"
#include "imgui_internal.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

class SmallThings : public AppTest {
 protected:
  // The pointer goes over a window of the column until `found` or the end.
  template <class Found>
  bool search(const char* window, const Found& found) {
    bool any = false;
    run([&](ImGuiTestContext& at) {
      const ImRect rect = at.WindowInfo(window).Window->Rect();
      for (float y = rect.Min.y + 40; y < rect.Max.y - 20 && !any; y += 6)
        for (float x = rect.Min.x + 26; x < rect.Min.x + 150 && !any; x += 6) {
          at.MouseTeleportToPos({x, y});
          at.Yield(2);
          any = found();
        }
    });
    return any;
  }
};

TEST_F(SmallThings, ADotOfTheIdentityLightsUpItsPoint) {
  settled();
  const auto lit = [&] { return app().context().view().hovered.kind == ElementId::Kind::point; };
  ASSERT_TRUE(search("//Identity###identity", lit));
  const int point = app().context().view().hovered.index;
  EXPECT_GE(point, 0);
  EXPECT_LT(point, settled()->data().size());
  run([&](ImGuiTestContext& at) {
    at.MouseTeleportToPos({150, 400});
    at.Yield(3);
  });
  EXPECT_EQ(app().context().view().hovered, ElementId{});
}

TEST_F(SmallThings, CurvesOverAnythingSayTheirValue) {
  settled();
  const auto said = [&] { return app().plots().said().find("t along the probe line = ") == 0; };
  EXPECT_TRUE(search("//Derived activation###activation", said)) << app().plots().said();
}

// A drag while the run plays edits in every step: that is one mark. Two changes far apart are two.
TEST(EditSpans, AreOneForADragThatGoesOn) {
  const Value v = 1.0;
  const std::vector<Edit> edits = {{"state.means", v, 3}, {"state.means", v, 4},       {"state.means", v, 4},
                                   {"state.means", v, 5}, {"model.temperature", v, 5}, {"state.means", v, 9},
                                   {"state.means", v, 2}};
  const std::vector<EditSpan> spans = edit_spans(edits);
  ASSERT_EQ(spans.size(), 4U);
  EXPECT_EQ(spans[0].first, 3);
  EXPECT_EQ(spans[0].last, 5);
  EXPECT_EQ(spans[1].key, "model.temperature");
  EXPECT_EQ(spans[2].first, 9);
  EXPECT_EQ(spans[3].first, 2) << "back in time";
}

// The sign before a power of ten has air on both sides, as in the numbers beside it that are no formula.
TEST(MathText, SetsAPowerOfTenAsOtherNumbersDo) {
  const std::vector<MathPiece> pieces = loss_pieces(1.956e-5);
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[1].text, "{\\times}");
  EXPECT_EQ(pieces[1].kind, MathPiece::Kind::relation);
  EXPECT_EQ(loss_number(1.956e-5), "1.956 × 10^−5");
}

// A future that was left behind is no comparison: the button still calls the other rules up.
TEST_F(SmallThings, CompareIsNotOnForAFutureThatWasLeft) {
  app().engine().step(4);
  app().engine().seek(1);
  app().context().set("model.temperature", 2.0);
  ASSERT_EQ(settled()->lanes.size(), 1U);
  ASSERT_TRUE(settled()->lanes.front().kept);
  run([](ImGuiTestContext& at) { at.ItemClick("##top/##compare"); });
  EXPECT_GE(std::ranges::count_if(settled()->lanes, [](const ComparedRun& lane) { return !lane.kept; }), 3);
}

// The figure that is exported may be looked at in the other theme meanwhile.
TEST_F(SmallThings, TheExportStaysWhileTheThemeChanges) {
  run([](ImGuiTestContext& at) {
    at.ItemClick("##top/##export");
    at.ItemClick("##top/##theme");
    at.Yield(2);
  });
  const ImGuiWindow* card = ImGui::FindWindowByName("##export.card");
  ASSERT_NE(card, nullptr);
  EXPECT_TRUE(card->Active);
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_Escape);
    at.Yield(2);
  });
  EXPECT_FALSE(card->Active);
}

class StillScene : public AppTest {
 protected:
  StillScene() : AppTest("tanh") {}
};

TEST_F(StillScene, HasNoTimeThatPasses) {
  EXPECT_EQ(app().actions().disabled("transport.play"), text::kNothingChanges);
  EXPECT_EQ(app().actions().disabled("run.compare"), text::kNothingChanges);
  EXPECT_EQ(app().actions().disabled("run.best_rates"), text::kNothingChanges);
  EXPECT_EQ(app().actions().disabled("transport.phase_forward"), text::kNoPhases);
  EXPECT_EQ(app().actions().disabled("transport.phase_back"), text::kNoPhases);
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiKey_Space);
    at.KeyPress(ImGuiKey_RightArrow);
    at.Yield(20);
  });
  EXPECT_FALSE(settled()->playing);
  EXPECT_EQ(step(), 0);
  app().open("two_bumps");
  settled();
  settled();
  EXPECT_EQ(app().actions().disabled("transport.play"), "") << "here something is learned";
  EXPECT_EQ(app().actions().disabled("run.compare"), "");
}

class SignsOfAttention : public AppTest {
 protected:
  SignsOfAttention() : AppTest("routing_toy") {}
};

// The key to four signs stands under the axis, where it covers no arrow.
TEST_F(SignsOfAttention, StandBelowTheStage) {
  settled();
  double bottom = 0;
  run([&](ImGuiTestContext& at) { bottom = at.WindowInfo("//Stage###stage").Window->Rect().Max.y; });
  EXPECT_GT(bottom - app().stage().shown()->rect().y1, 40);
}

// A key under the pointer keeps its shape and its colour: what rings it lies below it.
TEST_F(SignsOfAttention, AHoveredKeyIsSeenOnItsRing) {
  settled();
  app().context().view().hovered = {ElementId::Kind::key, 0};
  app().context().view().touch();
  const auto& marks = app().context().stage().panels.at(0).marks;
  const auto place = [&](const auto& is) {
    return std::ranges::find_if(marks,
                                [&](const Mark& mark) {
                                  const auto* m = std::get_if<Marker>(&mark);
                                  return m != nullptr && is(*m);
                                }) -
           marks.begin();
  };
  const auto ring = place([](const Marker& m) { return m.series == "hovered"; });
  const auto key = place([](const Marker& m) { return m.element == ElementId{ElementId::Kind::key, 0}; });
  ASSERT_LT(ring, static_cast<std::ptrdiff_t>(marks.size()));
  EXPECT_LT(ring, key);
}

class LowWindow : public AppTest {
 protected:
  LowWindow() : AppTest("penguins", 1280, 800, 2) {}
  bool has_strip() {
    const ImGuiWindow* strip = ImGui::FindWindowByName("##phases");
    return strip != nullptr && strip->Active;
  }
};

// Controls are a tab and the strip of phases comes with the phase that is looked at: the stage has the room.
TEST_F(LowWindow, KeepsAStageWorthLookingAt) {
  settled();
  EXPECT_FALSE(has_strip());
  const double high = app().stage().shown()->rect().height(), wide = app().stage().shown()->rect().width();
  EXPECT_GT(2 * high, 0.55 * 800);
  EXPECT_GT(2 * wide, 0.45 * 1280);
  run([](ImGuiTestContext& at) {
    at.KeyPress(ImGuiMod_Shift | ImGuiKey_RightArrow);
    at.Yield(4);
  });
  EXPECT_TRUE(has_strip());
  EXPECT_LT(app().stage().shown()->rect().height(), high);
  app().actions().run("transport.phase_leave");
  settled();
  for (int i = 0; i < 6; ++i) driver.window().render(frame);
  EXPECT_FALSE(has_strip());
}

class FlatWindow : public AppTest {
 protected:
  FlatWindow() : AppTest("penguins", 1920, 1080, 2) {}
};

// Too narrow for plots beside the stage and too low for plots below it.
TEST_F(FlatWindow, KeepsAStageWorthLookingAt) {
  settled();
  EXPECT_GT(2 * app().stage().shown()->rect().height(), 0.5 * 1080);
  EXPECT_GT(2 * app().stage().shown()->rect().width(), 0.5 * 1920);
}

// Tabs that do not fit scroll: no name is cut.
TEST_F(LowWindow, NamesOfTabsAreWhole) {
  settled();
  int tabs = 0;
  for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
    const ImGuiDockNode* node = window->DockNode;
    if (node == nullptr || node->TabBar == nullptr) continue;
    for (const ImGuiTabItem& tab : node->TabBar->Tabs) {
      EXPECT_GE(tab.Width, tab.ContentWidth - 0.5F) << tab.Window->Name;
      ++tabs;
    }
  }
  EXPECT_GE(tabs, 5);
}

// A window of each height that is common, and one in which not all lessons have room.
class ListedLessons : public AppTest, public testing::WithParamInterface<int> {
 protected:
  ListedLessons() : AppTest("penguins", 1280, GetParam()) {}
};

// A lesson of which the title alone was seen looked like the end of the list.
TEST_P(ListedLessons, AreSeenWithTheirSentenceOrNotAtAll) {
  app().actions().run("lesson.list");
  run([](ImGuiTestContext& at) { at.Yield(3); });
  const ImGuiWindow* card = ImGui::FindWindowByName("##lessons.card");
  ASSERT_NE(card, nullptr);
  int lines = 0;
  for (const DrawnText& each : drawn_words())
    lines += each.window.find("lessons.card") != std::string::npos && each.x0 < card->Pos.x + 26 ? 1 : 0;
  EXPECT_GT(lines, 9);
  EXPECT_EQ(lines % 2, 1) << "the head, and two lines of each lesson";
  EXPECT_LE(card->Pos.y + card->Size.y, GetParam());
  if (GetParam() >= 800) EXPECT_EQ(card->ScrollMax.y, 0) << "all of them have room";
}

INSTANTIATE_TEST_SUITE_P(Heights, ListedLessons, testing::Values(560, 640, 720, 800));

}  // namespace
}  // namespace iem::gui
