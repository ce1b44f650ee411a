// A window inside somebody else's page, and links to runs.
#include "app/gui/lessons/lesson_address.h"
#include "app/gui/look/link_text.h"
#include "app/gui/platform/window_platform.h"
#include "core/lesson/lessons.h"
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

TEST_F(Links, OpenEveryPageOfEveryLesson) {
  for (const Lesson& lesson : lessons())
    for (std::size_t page = 0; page < lesson.pages.size(); ++page) {
      const auto address = lesson_address(address_of(lesson, page));
      ASSERT_TRUE(address) << lesson.id;
      EXPECT_EQ(address->lesson, &lesson);
      EXPECT_EQ(address->page, page);
    }
  const Lesson& lesson = lessons().back();
  app().open(address_of(lesson, 1));
  settled();
  ASSERT_TRUE(app().lessons().is_open());
  EXPECT_EQ(app().lessons().lesson().id, lesson.id);
  EXPECT_EQ(app().lessons().index(), 1U);
}

TEST_F(Links, OfAPageThatIsNotThereOpenTheLessonAndOfNoneSaySo) {
  const std::string known = lessons().front().id;
  for (const char* page : {"", "/", "/0", "/999", "/-1", "/1x", "/99999999999999999999999"}) {
    const auto address = lesson_address("lesson/" + known + page);
    ASSERT_TRUE(address) << page;
    EXPECT_NE(address->lesson, nullptr) << page;
    EXPECT_FALSE(address->page) << page;
  }
  for (const char* name : {"penguins", "lesson/mine.toml", "lesson/run.iemlab"})
    EXPECT_FALSE(lesson_address(name)) << name;
  app().open("lesson/nowhere");
  settled();
  EXPECT_FALSE(app().lessons().is_open());
}

}  // namespace
}  // namespace iem::gui
