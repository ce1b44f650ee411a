// Tooltips stand where they cover nothing that belongs to them, and what is empty says so.
#include "app/gui/look/text.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

class Tooltips : public AppTest {
 protected:
  // The one that is shown; null: none is.
  static const ImGuiWindow* shown() {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if (window->Active && !window->Hidden && (window->Flags & ImGuiWindowFlags_Tooltip) != 0) return window;
    return nullptr;
  }
  static void rest(ImGuiTestContext& at) { at.SleepNoSkip(1.0F, 0.1F); }
};

TEST_F(Tooltips, TheMeterHasNoneWhileItsListIsOpen) {
  run([&](ImGuiTestContext& at) {
    at.MouseMove("//##transport/##meter");
    rest(at);
    EXPECT_NE(shown(), nullptr);
    at.MouseClick();
    rest(at);
    EXPECT_TRUE(app().checks().is_open());
    EXPECT_EQ(shown(), nullptr);
    at.MouseClick();
    rest(at);
    EXPECT_FALSE(app().checks().is_open());
    EXPECT_NE(shown(), nullptr);
  });
}

TEST_F(Tooltips, ThoseOfAMenuStandBesideIt) {
  int seen = 0;
  run([&](ImGuiTestContext& at) {
    at.ItemClick("//Loss###loss/##figures");
    at.Yield(3);
    const ImGuiWindow* menu = ImGui::GetCurrentContext()->OpenPopupStack.back().Window;
    ASSERT_NE(menu, nullptr);
    const ImRect box = menu->Rect();
    for (float y = box.Min.y + px(20); y < box.Max.y - px(40); y += px(56)) {
      at.MouseTeleportToPos({box.GetCenter().x, y});
      rest(at);
      const ImGuiWindow* words = shown();
      if (words == nullptr) continue;
      EXPECT_FALSE(words->Rect().Overlaps(box)) << y;
      const ImVec2 room = ImGui::GetIO().DisplaySize;
      EXPECT_TRUE(ImRect({0, 0}, room).Contains(words->Rect())) << y;
      ++seen;
    }
    at.KeyPress(ImGuiKey_Escape);
  });
  EXPECT_GT(seen, 2);
}

TEST_F(Tooltips, ThePointSaysThatNoneIsPinnedWhateverStandsInTheMiddle) {
  const auto says = [&](std::string_view wanted) {
    settled();
    std::string all, bare;  // without blanks
    for (const DrawnText& each : drawn_words()) all += each.words;
    for (const char c : wanted)
      if (c != ' ') bare += c;
    std::erase(all, ' ');
    return all.find(bare) != std::string::npos;
  };
  app().context().view().pin_point(-1);
  EXPECT_TRUE(says(text::kPinHint));
  app().context().set("view.centre", std::string("usage"));
  EXPECT_TRUE(says(text::kPinElsewhere));
}

}  // namespace
}  // namespace iem::gui
