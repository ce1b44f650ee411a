// A window inside somebody else's page, and links to runs.
#include "app/gui/look/link_text.h"
#include "app/gui/platform/window_platform.h"
#include "imgui_internal.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

bool is_drawn(const char* name) {
  const ImGuiWindow* window = ImGui::FindWindowByName(name);
  return window != nullptr && window->WasActive;
}

class EmbeddedWindow : public AppTest {
 protected:
  EmbeddedWindow() {
    app().embed();
    settled();
  }
};

TEST_F(EmbeddedWindow, ShowsTheStageAndTheLineOfStepsAlone) {
  EXPECT_TRUE(is_drawn("##only_stage"));
  EXPECT_TRUE(is_drawn("##transport"));
  for (const char* name : {"##top", "##phases", "##runs", "##offer", "Loss###loss"})
    EXPECT_FALSE(is_drawn(name)) << name;
  EXPECT_EQ(app().layout().middle().min.y, 0);
  EXPECT_EQ(app().layout().middle().max.y, app().layout().transport().min.y);
  EXPECT_EQ(app().actions().disabled("view.only_stage"), text::kEmbedded);
}

TEST_F(EmbeddedWindow, StepsAndStaysSoWithAnotherScene) {
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_RightArrow); });
  EXPECT_EQ(step(), 1);
  app().open("penguins");
  settled();
  EXPECT_FALSE(is_drawn("##top"));
  EXPECT_TRUE(is_drawn("##only_stage"));
}

class Links : public AppTest {};

// What links begin with is said when the program is built.
TEST_F(Links, WantABase) {
  const std::string link = link_to("iem1:x");
  if (link.empty())
    EXPECT_EQ(app().actions().disabled("session.copy_link"), text::kNoLinkBase);
  else
    EXPECT_TRUE(link.ends_with("#iem1:x")) << link;
}

}  // namespace
}  // namespace iem::gui
