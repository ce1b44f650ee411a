// All that is written can be read: 4.5 to 1 of every letter to the ground it stands on, in the window as
// drawn.
#include <algorithm>
#include <cstdio>
#include <set>

#include "app/gui/sessions/scene_list.h"
#include "app/paint/theme.h"
#include "core/labs/registry.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

class Contrast : public AppTest, public testing::WithParamInterface<paint::ThemeId> {
 protected:
  Contrast() : AppTest("penguins") {
    driver.window().set_look(GetParam(), 1);
    settled();
  }

  // Of what is drawn now.
  void check(const std::string& what) {
    settled();
    for (int i = 0; i < 3; ++i) driver.window().render(frame);
    const std::vector<DrawnText> all = drawn_text(driver.window());
    EXPECT_GT(all.size(), 30U) << what;
    for (const DrawnText& text : all) {
      ++checked_;
      if (text.contrast >= 4.5) continue;
      const std::string key = text.window + text.words;
      if (!said_.insert(key).second) continue;
      ADD_FAILURE() << what << ": \"" << text.words << "\" in " << text.window << " at " << text.x0 << ", "
                    << text.y0 << ": " << text.contrast << "; ink " << hex(text.ink) << " on "
                    << hex(text.ground);
    }
  }
  void action(const char* id) {
    app().context().actions->run(id);
    settled();
  }
  static std::string hex(const Rgb& c) {
    char out[16];
    std::snprintf(out, sizeof out, "%02X%02X%02X", static_cast<int>(255 * c.r + 0.5),
                  static_cast<int>(255 * c.g + 0.5), static_cast<int>(255 * c.b + 0.5));
    return out;
  }

  std::set<std::string> said_;
  int checked_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Themes, Contrast, testing::Values(paint::ThemeId::light, paint::ThemeId::dark),
                         [](const auto& theme) {
                           return std::string(theme.param == paint::ThemeId::dark ? "dark" : "light");
                         });

TEST_P(Contrast, OfEveryLabsFirstScene) {
  for (const Lab* lab : labs()) {
    const auto first = std::ranges::find(scene_entries(), lab->id(), &SceneEntry::lab);
    ASSERT_NE(first, scene_entries().end()) << lab->id();
    app().open(first->name);
    settled();
    app().engine().step(3);
    check(first->name);
  }
  EXPECT_GT(checked_, 400);
}

// Also what does not apply now, and what is still to come.
TEST_P(Contrast, OfEveryControl) {
  run([](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo("//Controls###controls/##controls").ID);
    for (const char* group : {"##fold.objective", "##fold.schedule", "##fold.view"}) at.ItemClick(group);
    for (const char* more :
         {"##more.data", "##more.model", "##more.learning", "##more.schedule", "##more.view"})
      if (at.ItemExists(more)) at.ItemClick(more);
  });
  for (const float scroll : {0.0F, 0.5F, 1.0F}) {
    run([&](ImGuiTestContext& at) {
      ImGuiWindow* panel = at.WindowInfo("//Controls###controls/##controls").Window;
      at.ScrollToY(panel->ID, scroll * panel->ScrollMax.y);
    });
    check("controls");
  }
  app().context().view().choose_phase(app().context().phases().front().id);
  check("the first phase");
  app().context().view().choose_phase({});
  action("view.inspector");
  check("the inspector");
}

TEST_P(Contrast, OfEveryCard) {
  for (const char* card : {"help.keys", "scene.lesson", "view.checks", "figure.export", "scene.browse"}) {
    action(card);
    check(card);
    action(card);
  }
  action("help.about");
  check("help.about");
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_Escape); });
  // The palette says why something cannot be done.
  for (const char* words : {"", "un", "temperature -1", "transport"}) {
    action("palette.open");
    run([&](ImGuiTestContext& at) {
      at.Yield(2);
      at.KeyChars(words);
    });
    check(std::string("palette, ") + words);
    run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_Escape); });
  }
  for (const char* button : {"##top/##open", "##transport/##speed", "Stage###stage/##figures"}) {
    run([&](ImGuiTestContext& at) { at.ItemClick(button); });
    check(button);
    run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_Escape); });
  }
}

TEST_P(Contrast, OfSeveralRunsAndOfTrouble) {
  action("run.compare");
  app().engine().seek(10);
  app().engine().show_run(1, false);
  check("several runs");
  app().context().set("view.runs", std::string("multiples"));
  check("side by side");
  action("run.dismiss");
  app().context().set("optimizer.learning_rate", 1e6);
  app().engine().step(4);
  check("a run that diverged");
}

}  // namespace
}  // namespace iem::gui
