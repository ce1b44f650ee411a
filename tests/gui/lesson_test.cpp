// Lessons in the window: pages, guesses, what is covered and locked, and what is left behind.
#include <algorithm>
#include <fstream>
#include <ostream>

#include "app/gui/look/lesson_text.h"
#include "app/gui/look/text.h"
#include "core/figure/next_step.h"
#include "core/lesson/grade_lesson.h"
#include "core/lesson/lessons.h"
#include "core/lesson/read_lesson.h"
#include "core/session/session.h"
#include "imgui_internal.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"
#include "tests/gui/held_jobs.h"
#include "tests/support/scenes.h"

namespace iem::gui {
namespace {

constexpr const char* kWritten = R"(---
title: A small lesson
---
# Where does it go?
```iemlab
scene = "penguins"
step = 8
show = ["stage", "loss", "strip", "step"]
```
The share $r_j$ pulls [prototype 2](prototype:2). Now J is {loss}.

? ask = "Where will prototype 2 go next?", where = "prototype 2", then = 2
! It went on; now J is {loss}.

# Locked
```iemlab
controls = ["optimizer.learning_rate"]
lock = true
```
Only the rate can be changed.

= say: Make the rate larger than one half.
= state: optimizer.learning_rate > 0.5
= by: set = { "optimizer.learning_rate" = 0.9 }

# Played
```iemlab
play = 3
speed = 40
lock = false
```
Three steps.
)";

class InLesson : protected WithHeldJobs, public AppTest {
 protected:
  explicit InLesson(const std::string& scene = "three_blobs", int width = 1280, int height = 800)
      : AppTest(scene, width, height) {}
  LessonPlayer& player() { return app().lessons(); }
  void begin() {
    app().open_lesson(read_lesson(kWritten, "small.md"));
    settled();
  }
  void act(const char* id) {
    app().actions().run(id);
    settled();
  }
  // Whether these words stand in the window.
  bool reads(std::string words) {
    std::erase(words, ' ');  // blanks are not drawn
    driver.window().render(frame);
    const std::vector<DrawnText> all = drawn_words();
    return std::ranges::any_of(
        all, [&](const DrawnText& each) { return each.words.find(words) != std::string::npos; });
  }
};

TEST_F(InLesson, PagesAreStatesOfARunBesideTheirWords) {
  begin();
  ASSERT_TRUE(player().is_open());
  EXPECT_EQ(step(), 8);
  EXPECT_EQ(app().context().snapshot().setup->scene.name, "penguins");
  EXPECT_TRUE(reads("Where")) << "the heading";
  EXPECT_EQ(player().body().find("{loss}"), std::string::npos) << player().body();
  EXPECT_NE(player().body().find("Now J is"), std::string::npos);
}

TEST_F(InLesson, WhatIsAskedForIsCoveredUntilItIsRevealed) {
  begin();
  ASSERT_TRUE(player().asks());
  const Reduced& reduced = app().context().reduced();
  EXPECT_TRUE(reduced.covers_part("arrows") && reduced.covers_part("m_phases"));
  EXPECT_TRUE(reads(std::string(text::lesson::kHidden)));
  EXPECT_NE(app().actions().disabled("view.inspector"), "") << "it would tell";
  EXPECT_NE(app().actions().disabled("figure.export"), "");
  ASSERT_EQ(player().truth(), nullptr);
  act("lesson.next");
  EXPECT_TRUE(player().revealed());
  EXPECT_EQ(step(), 10) << "the steps after the guess were played";
  EXPECT_FALSE(app().context().reduced().covers_anything());
  EXPECT_FALSE(reads(std::string(text::lesson::kHidden)));
  ASSERT_NE(player().truth(), nullptr);
  const auto theta = settled()->state.theta;
  EXPECT_EQ(player().truth()->x, theta[2]);
  EXPECT_EQ(player().truth()->y, theta[3]);
}

TEST_F(InLesson, ASettingThatIsAskedForIsCoveredInItsRowAndItsSymbol) {
  const std::string page =
      "# T\n```iemlab\nscene = \"three_blobs\"\nset = { \"model.temperature\" = 1.375 }\n"
      "show = [\"stage\"]\ncontrols = [\"model.temperature\"]\n";
  for (const char* cover : {"", "cover = [\"controls\"]\n", "cover = [\"temperature\"]\n"}) {
    app().open_lesson(read_lesson(
        page + cover + "```\nWords.\n\n? ask = \"How hot?\", number = \"temperature\"\n", "hot.md"));
    settled();
    ASSERT_TRUE(player().asks());
    EXPECT_FALSE(reads("1.375")) << cover;
    EXPECT_TRUE(reads(std::string(text::lesson::kHidden))) << cover;
    act("lesson.next");
    EXPECT_TRUE(reads("1.375")) << cover;
  }
}

TEST_F(InLesson, AGuessIsDraggedOnTheStageAndMeasured) {
  begin();
  const std::uint64_t before = hash();
  const ImVec2 mark = prototype(1);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(mark);
    at.MouseDown();
    at.MouseMoveToPos({mark.x + 60, mark.y + 40});
    at.MouseUp();
    at.Yield(2);
  });
  ASSERT_TRUE(player().guess().has_value());
  EXPECT_EQ(hash(), before) << "a guess moves nothing";
  const ImVec2 at = on_stage(player().guess()->x, player().guess()->y);
  EXPECT_NEAR(at.x, mark.x + 60, 2);
  EXPECT_NEAR(at.y, mark.y + 40, 2);
  act("lesson.next");
  ASSERT_NE(player().truth(), nullptr);
  const double apart = gap_of(*player().page().question, *player().guess(), *player().truth());
  EXPECT_GT(apart, 0);
  act("lesson.next");
  act("lesson.back");
  EXPECT_TRUE(player().guess().has_value()) << "guesses are kept";
}

// What stands in the strip of runs is no action of the window.
TEST_F(InLesson, ALockLocksTheRunsBesideTheRun) {
  begin();
  act("lesson.next"), act("lesson.next");
  ASSERT_EQ(player().index(), 1u);
  app().engine().add_run({{}, {{"optimizer.method", std::string("em"), 0}}});
  ASSERT_EQ(settled()->lanes.size(), 1u);
  const int first = settled()->mark;
  run([&](ImGuiTestContext& at) {
    for (const char* item : {"##runs/$$1/##run", "##runs/$$1/##remove", "##runs/##add_run"}) {
      at.MouseMoveToPos(at.ItemInfo(item).RectFull.GetCenter());
      at.MouseClick();
      at.Yield(2);
    }
    EXPECT_EQ(ImGui::GetCurrentContext()->OpenPopupStack.Size, 0);
  });
  EXPECT_EQ(settled()->lanes.size(), 1u);
  EXPECT_EQ(settled()->mark, first);
}

TEST_F(InLesson, ALockLocksAndWhatIsNamedReacts) {
  begin();
  act("lesson.next"), act("lesson.next");
  ASSERT_EQ(player().index(), 1u);
  const std::uint64_t before = hash();
  for (const char* id : {"transport.forward", "transport.restart", "edit.undo", "transport.play"})
    EXPECT_NE(app().actions().disabled(id), "") << id;
  app().context().set("model.temperature", 3.0);
  const ImVec2 mark = prototype(0);
  run([&](ImGuiTestContext& at) {
    at.MouseMoveToPos(mark);
    at.MouseDown();
    at.MouseMoveToPos({mark.x + 50, mark.y});
    at.MouseUp();
  });
  EXPECT_EQ(hash(), before);
  EXPECT_FALSE(player().task_done());
  app().context().set("optimizer.learning_rate", 0.9);
  EXPECT_EQ(settled()->config().real("optimizer.learning_rate"), 0.9);
  ASSERT_TRUE(drawn_until([&] { return player().task_done(); }));
  // A session that is saved now hands it in.
  const std::string file = fresh_file("handed_in.iemlab");
  app().writer().save(app().context(), file);
  settled();
  const LessonRecord saved = load_replay(file, std::make_shared<ThreadPool>(1)).lesson;
  EXPECT_EQ(saved.lesson, "small");
  EXPECT_EQ(saved.page, 2);
  const LessonKey key(read_lesson(kWritten, "small.md"), std::make_shared<ThreadPool>(1));
  const std::vector<GradedItem> items = key.grade(saved);
  EXPECT_EQ(std::ranges::count_if(items, [](const GradedItem& item) { return item.is_done; }), 1);
}

TEST_F(InLesson, ATaskThatTakesOtherStepsIsLookedAtBesideTheRun) {
  app().open_lesson(
      read_lesson("# One\n```iemlab\nscene = \"two_blobs\"\n```\nWords.\n\n= say: Go on.\n"
                  "= state: step@3 == 3 and step >= 2\n= by: steps = 2\n",
                  "beside.md"));
  settled();
  EXPECT_FALSE(player().task_done());
  {
    const HeldJobs::Hold hold(jobs);
    app().engine().step(2);
    for (int i = 0; i < 5; ++i) {
      app().engine().wait_until_idle();
      driver.window().render(frame);
    }
    EXPECT_EQ(app().context().snapshot().state.step, 2) << "the run goes on meanwhile";
    EXPECT_TRUE(player().working());
    EXPECT_FALSE(player().task_done()) << "the engine waited for it";
    EXPECT_TRUE(hold.lasts());
  }
  settled();
  EXPECT_TRUE(player().task_done());
}

TEST_F(InLesson, StepsBetweenPagesArePlayed) {
  begin();
  act("lesson.next"), act("lesson.next"), act("lesson.next");
  ASSERT_EQ(player().index(), 2u);
  EXPECT_EQ(step(), 13);
  EXPECT_FALSE(app().context().snapshot().playing);
}

TEST_F(InLesson, TheLastPageAskedForIsShownAndTheWindowWaitsForNone) {
  begin();
  act("lesson.next"), act("lesson.next");
  ASSERT_EQ(player().index(), 1u);
  {
    const HeldJobs::Hold hold(jobs);
    app().actions().run("lesson.back");
    player().go(2);
    driver.window().render(frame);
    EXPECT_TRUE(hold.lasts()) << "the window waited for a page";
    EXPECT_TRUE(player().turns());
  }
  settled();
  EXPECT_EQ(player().index(), 2u);
  EXPECT_EQ(step(), 13);
  EXPECT_EQ(player().body().find("Three steps."), 0u) << player().body();
  {
    const HeldJobs::Hold hold(jobs);
    app().actions().run("lesson.back");
    app().actions().run("lesson.open.heat");
    EXPECT_TRUE(hold.lasts()) << "the window waited for a page of another lesson";
  }
  settled();
  ASSERT_TRUE(player().is_open());
  EXPECT_EQ(player().lesson().id, "heat");
  EXPECT_EQ(player().index(), 0u);
  EXPECT_FALSE(player().body().empty());
}

TEST_F(InLesson, APageThatIsLeftWhileItIsPlayedDrawsNoMoreFrames) {
  begin();
  act("lesson.next"), act("lesson.next");
  {
    const HeldJobs::Hold hold(jobs);
    app().actions().run("lesson.back");
    app().actions().run("lesson.leave");
  }
  EXPECT_FALSE(player().is_open());
  EXPECT_TRUE(drawn_until([&] { return !player().working(); }));
}

// The window shows it as it comes: the way back to the arrival is made by the worker.
TEST(PlayedPage, BringsTheFutureThatItsQuestionCovers) {
  const std::string page = "# One\n```iemlab\nscene = \"penguins\"\nplay = 2\n```\nWords.\n";
  const std::string ask = "? ask = \"Up?\", choice = [\"yes\", \"no\"], answer = \"no\", then = ";
  const auto played = [&](const std::string& then) {
    return LessonPlayer::play(read_lesson(page + ask + then + "\n! So.\n", "x.md"), 0, nullptr, nullptr);
  };
  const LessonPlayer::Played covers = played("5");
  ASSERT_TRUE(covers.foreseen.has_value());
  EXPECT_EQ(covers.foreseen->state().hash(), covers.state->arrived.state().hash());
  EXPECT_EQ(covers.foreseen->state().step, 0);
  EXPECT_EQ(covers.foreseen->last_step(), 7);
  EXPECT_FALSE(played("0").foreseen.has_value());
}

TEST_F(InLesson, LeavingBringsBackTheRunWithAllThatCanBeUndone) {
  app().engine().step(5);
  app().context().set("model.temperature", 2.0);
  const std::uint64_t before = hash();
  app().context().view().pin_point(3);
  begin();
  act("lesson.next");
  EXPECT_NE(hash(), before);
  act("lesson.leave");
  EXPECT_FALSE(player().is_open());
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(step(), 5);
  EXPECT_EQ(app().context().view().pinned_point(app().context().snapshot()), 3);
  EXPECT_EQ(app().context().snapshot().config().real("model.temperature"), 2.0);
  act("edit.undo");
  EXPECT_EQ(app().context().snapshot().config().real("model.temperature"), 1.0);
  EXPECT_EQ(app().actions().disabled("transport.forward"), "");
}

// A scene that shows only some of the window, as a state string carries it.
class ReducedScene : public AppTest {
 protected:
  ReducedScene() : AppTest(written()) {}
  static std::string written() {
    const std::string file = fresh_file("reduced.toml");
    std::ofstream(file) << "format = 1\nlab = \"mixture\"\n[data]\nsource = \"blobs\"\n[view]\n"
                           "show = [\"stage\", \"loss\", \"controls\"]\ncontrols = [\"model.temperature\"]\n"
                           "lock = true\n";
    return file;
  }
};

TEST_F(ReducedScene, ShowsWhatItNamesAndLetsThatBeChanged) {
  const std::uint64_t before = hash();
  EXPECT_NE(ImGui::FindWindowByName("Loss###loss"), nullptr);
  const auto is_there = [](const char* name) {
    const ImGuiWindow* window = ImGui::FindWindowByName(name);
    return window != nullptr && window->WasActive;
  };
  EXPECT_TRUE(is_there("Stage###stage") && is_there("Controls###controls") && is_there("Loss###loss"));
  EXPECT_FALSE(is_there("Identity###identity") || is_there("##phases") || is_there("##transport"));
  app().context().set("model.components", std::int64_t{5});
  EXPECT_EQ(hash(), before);
  app().context().set("model.temperature", 2.0);
  EXPECT_EQ(settled()->config().real("model.temperature"), 2.0);
}

// A whole lesson with Page Down only, as a clicker sends it; the classes as they are given, presented.
struct Given {
  std::string lesson;
  int width = 1280, height = 720;
  bool dark = false, presented = false;
};
void PrintTo(const Given& given, std::ostream* out) { *out << given.lesson; }

class WholeLesson : public InLesson, public testing::WithParamInterface<Given> {
 protected:
  WholeLesson() : InLesson("three_blobs", GetParam().width, GetParam().height) {
    if (GetParam().dark) driver.window().set_look(paint::ThemeId::dark, 1);
  }
};

std::vector<Given> all_lessons() {
  std::vector<Given> out;
  for (const std::string& name : test::lesson_ids()) {
    if (!name.starts_with("class_")) {
      out.push_back({name});
      continue;
    }
    out.push_back({name, 1280, 720, false, true});
    out.push_back({name, 1920, 1080, true, true});
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(BuiltIn, WholeLesson, testing::ValuesIn(all_lessons()), [](const auto& row) {
  const Given& given = row.param;
  const std::string size = given.presented ? "_" + std::to_string(given.width) : "";
  return given.lesson + size + (given.dark ? "_dark" : "");
});

TEST_P(WholeLesson, IsGivenWithPageDownOnly) {
  const std::uint64_t before = hash();
  const Lesson& lesson = *find_lesson(GetParam().lesson);
  player().hasten(1000);
  app().open_lesson(lesson);
  settled();
  if (GetParam().presented) act("view.present");
  std::size_t presses = 0;
  const auto press = [&] {
    run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_PageDown); });
    settled();
    ++presses;
  };
  for (std::size_t page = 0; page < lesson.pages.size(); ++page) {
    ASSERT_EQ(player().index(), page);
    EXPECT_TRUE(player().body().find("{=") == std::string::npos) << player().body();
    if (player().asks()) press();
    ASSERT_FALSE(player().asks());
    press();
  }
  EXPECT_FALSE(player().is_open()) << "the last one ends it";
  EXPECT_EQ(app().presenter().on(), GetParam().presented) << "and the class sees a run again";
  EXPECT_GE(presses, lesson.pages.size());
  EXPECT_EQ(hash(), before);
}

}  // namespace
}  // namespace iem::gui
