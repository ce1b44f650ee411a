// The pointer over everything there is, in the window of every lab.
#include <set>

#include "core/labs/registry.h"
#include "tests/gui/app_fixture.h"
#include "tests/support/scenes.h"

namespace iem::gui {
namespace {

// Of every lab its first scene.
std::vector<std::string> a_scene_a_lab() {
  std::vector<std::string> out;
  for (const Lab* lab : labs()) {
    const std::vector<std::string> scenes = test::scenes_of_every_kind_of(lab->id());
    if (!scenes.empty()) out.push_back(scenes.front());
  }
  return out;
}

class EveryWindow : public AppTest, public testing::WithParamInterface<std::string> {
 protected:
  EveryWindow() : AppTest(GetParam()) {}
};
INSTANTIATE_TEST_SUITE_P(Labs, EveryWindow, testing::ValuesIn(a_scene_a_lab()),
                         [](const auto& row) { return row.param; });

TEST_P(EveryWindow, HoveringAnythingIsSafe) {
  app().engine().step(5);
  settled();
  int hovered = 0;
  run([&](ImGuiTestContext& at) {
    for (float y = 20; y < 800; y += 111)
      for (float x = 20; x < 1280; x += 187) {
        at.MouseTeleportToPos({x, y});
        at.Yield();
        hovered += at.UiContext->HoveredId != 0 ? 1 : 0;
      }
  });
  EXPECT_GT(hovered, 20);
}

// Among the actions are twenty starts of several runs, to the end of the scene: not of a thousand pictures.
std::vector<std::string> a_quick_scene_a_lab() {
  std::vector<std::string> out;
  for (const Lab* lab : labs()) {
    std::vector<std::string> scenes = test::scenes_of_every_kind_of(lab->id());
    std::erase_if(scenes, [](const std::string& name) { return name.starts_with("digits"); });
    if (!scenes.empty()) out.push_back(scenes.front());
  }
  return out;
}

class EveryAction : public EveryWindow {};
INSTANTIATE_TEST_SUITE_P(Labs, EveryAction, testing::ValuesIn(a_quick_scene_a_lab()),
                         [](const auto& row) { return row.param; });

// Whatever the lab has or lacks, every action that it offers can be run, on top of those before it.
TEST_P(EveryAction, IsSafe) {
  // These ask the system for a file or a window, or open one lesson each.
  const std::set<std::string> left = {"scene.open", "session.save", "window.full_screen",
                                      "present.notes_window"};
  int ran = 0;
  for (const Action& action : app().context().actions->all()) {
    if (left.contains(action.id) || action.id.starts_with("lesson.open.")) continue;
    if (action.id.starts_with("scene.") && action.id != "scene.browse") continue;
    ran += app().context().actions->run(action.id) ? 1 : 0;
    run([](ImGuiTestContext& at) {
      at.Yield(3);
      at.KeyPress(ImGuiKey_Escape);
    });
  }
  settled();
  EXPECT_GT(ran, 25);
}

// The words under the pointer: a tooltip's window, whichever.
bool words_are_shown() {
  for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
    if (window->Active && !window->Hidden && (window->Flags & ImGuiWindowFlags_Tooltip) != 0) return true;
  return false;
}

// A title, a formula of the controls and the meter say what their symbols are after a moment's rest.
TEST_P(EveryWindow, FormulasExplainTheirSymbolsUnderThePointer) {
  settled();
  int explained = 0;
  run([&](ImGuiTestContext& at) {
    for (float y = 60; y < 660; y += 12) {
      at.MouseTeleportToPos({60, y});
      at.SleepNoSkip(1.0F, 0.1F);
      explained += words_are_shown() ? 1 : 0;
    }
    const ImVec2 meter = at.ItemInfo("//##transport/##meter").RectFull.GetCenter();
    at.MouseTeleportToPos(meter);
    at.SleepNoSkip(1.0F, 0.1F);
    EXPECT_TRUE(words_are_shown()) << "meter";
  });
  EXPECT_GT(explained, 3);
}

}  // namespace
}  // namespace iem::gui
