// Writing a lesson from the window, with a text editor beside it.
#include <fstream>
#include <thread>

#include "app/gui/look/lesson_text.h"
#include "core/base/embedded.h"
#include "core/lesson/check_lesson.h"
#include "core/lesson/lessons.h"
#include "core/lesson/read_lesson.h"
#include "core/session/state_string.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"
#include "tests/gui/held_jobs.h"
#include "tests/support/folder.h"

namespace iem::gui {
namespace {

class Author : protected WithHeldJobs, public AppTest {
 protected:
  LessonPlayer& player() { return app().lessons(); }
  void act(const char* id) {
    EXPECT_EQ(app().actions().disabled(id), "") << id;
    app().actions().run(id);
    settled();
  }
  // A lesson whose one page begins with the run on screen.
  void begin() {
    app().author().create(file);
    settled();
    ASSERT_TRUE(player().is_open());
    player().hasten(1000);
  }
  void write(const std::string& text) { std::ofstream(file) << text; }
  std::string text() const { return test::file_text(file); }
  // After an editor has saved.
  bool followed(const std::function<bool()>& is_so) { return drawn_until(is_so); }
  std::vector<std::string> headings() const {
    std::vector<std::string> out;
    for (const LessonPage& page : load_lesson(file).pages) out.push_back(page.heading);
    return out;
  }
  void expect_it_holds() const {
    for (const LessonProblem& problem : check_lesson(load_lesson(file), std::make_shared<ThreadPool>(1)))
      ADD_FAILURE() << problem.line();
  }
  bool reads(std::string words) {
    std::erase(words, ' ');
    driver.window().render(frame);
    for (const DrawnText& each : drawn_words())
      if (each.words.find(words) != std::string::npos) return true;
    return false;
  }

  const std::string file = fresh_file("mine.md");
};
using Strings = std::vector<std::string>;

TEST_F(Author, MomentsBecomePagesOfAFileThatHolds) {
  begin();
  EXPECT_EQ(player().lesson().title, "Mine");
  app().context().set("model.temperature", 2.0);
  app().engine().step(3);
  const std::uint64_t third = hash();
  act("lesson.add_moment");
  EXPECT_EQ(player().index(), 1u);
  EXPECT_EQ(hash(), third) << "the page shows what was added";
  EXPECT_EQ(step(), 3);
  app().engine().step(2);
  const std::uint64_t fifth = hash();
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_M); });
  settled();
  EXPECT_EQ(player().index(), 2u);
  EXPECT_EQ(hash(), fifth);
  EXPECT_EQ(headings(), (Strings{"Step 0", "Step 3", "Step 5"}));
  EXPECT_NE(text().find("scene = \"three_blobs\"\nset = { \"model.temperature\" = 2.0 }\nplay = 3\n"),
            std::string::npos)
      << text();
  expect_it_holds();

  // Another order, and back.
  const std::string before = text();
  act("lesson.move_page_up");
  EXPECT_EQ(player().index(), 1u);
  EXPECT_EQ(hash(), fifth);
  EXPECT_EQ(headings(), (Strings{"Step 0", "Step 5", "Step 3"}));
  act("lesson.move_page_down");
  EXPECT_EQ(text(), before);
  act("lesson.remove_page");
  EXPECT_EQ(headings(), (Strings{"Step 0", "Step 3"}));
  for (int i = 0; i < 3; ++i) act("lesson.undo_page");
  EXPECT_EQ(text(), before);
  expect_it_holds();
  act("lesson.leave");
  EXPECT_NE(app().actions().disabled("lesson.add_moment"), "");
}

TEST_F(Author, TheWindowFollowsAnEditor) {
  begin();
  app().engine().step(4);
  const std::uint64_t here = hash();
  std::string words = text();
  words.replace(words.find(text::author::kWords), text::author::kWords.size(), "The loss is {loss}.");
  write(words);
  ASSERT_TRUE(followed([&] { return player().body().find("The loss is") != std::string::npos; }));
  settled();
  EXPECT_EQ(player().body().find("{loss}"), std::string::npos);
  EXPECT_EQ(hash(), here) << "the page begins as before: the run goes on";
  EXPECT_EQ(app().author().trouble(), "");

  // Another moment is shown at once.
  std::string later = words;
  later.replace(later.find("```\n"), 4, "```\n");
  later.replace(later.find("scene ="), 0, "step = 9\n");
  write(later);
  ASSERT_TRUE(followed([&] { return app().context().snapshot().state.step == 9; }));
}

TEST_F(Author, AViewThatIsWrittenIsShownBesideTheRunAsItIs) {
  begin();
  app().engine().step(4);
  const std::uint64_t here = hash();
  const auto has_trails = [&] { return app().context().view().config.flag("view.trails"); };
  ASSERT_TRUE(has_trails());
  const std::string before = text();
  std::string without = before;
  without.replace(without.find("scene ="), 0, "set = { \"view.trails\" = false }\n");
  write(without);
  ASSERT_TRUE(followed([&] { return !has_trails(); }));
  EXPECT_EQ(hash(), here) << "the page begins as before: the run goes on";
  EXPECT_EQ(step(), 4);
  write(before);
  ASSERT_TRUE(followed(has_trails));
  EXPECT_EQ(hash(), here);
}

TEST_F(Author, AGuessStaysWhereTheLessonStillAsksTheSame) {
  const std::string one = "# One\n```iemlab\nscene = \"penguins\"\n```\nWords.\n";
  const std::string asks = "? ask = \"Up?\", choice = [\"yes\", \"no\"], answer = \"no\"\n! So it is.\n";
  write(one + asks);
  ASSERT_EQ(app().open_lesson_file(file), "");
  settled();
  Guess guess;
  guess.choice = 1;
  player().set_guess(guess);
  act("lesson.next");
  ASSERT_TRUE(player().revealed());
  write(one + "More.\n" + asks);
  ASSERT_TRUE(followed([&] { return player().body().find("More.") != std::string::npos; }));
  EXPECT_TRUE(player().revealed() && player().guess());
  EXPECT_EQ(app().context().lesson_record().answers.size(), 1u);
  write(one);
  ASSERT_TRUE(followed([&] { return player().body().find("More.") == std::string::npos; }));
  EXPECT_EQ(app().context().lesson_record().answers.size(), 0u);
  act("lesson.leave");
  write(one + asks);
  ASSERT_EQ(app().open_lesson_file(file), "");
  settled();
  EXPECT_FALSE(player().guess().has_value());
}

TEST_F(Author, ABrokenFileSaysItsPlaceAndChangesNothing) {
  begin();
  const std::uint64_t here = hash();
  const std::string whole = text();
  std::string broken = whole;
  broken.replace(broken.find("scene ="), 7, "scnee =");
  write(broken);
  ASSERT_TRUE(followed([&] { return !app().author().trouble().empty(); }));
  EXPECT_EQ(app().author().trouble().find("mine.md:7:1: "), 0u) << app().author().trouble();
  EXPECT_TRUE(reads("mine.md:7:1:"));
  EXPECT_TRUE(player().is_open());
  EXPECT_EQ(hash(), here);
  act("lesson.add_moment");
  EXPECT_EQ(text(), broken) << "nothing is written into a file that cannot be read";

  // A scene that does not exist is found by playing the page.
  std::string unknown = whole;
  unknown.replace(unknown.find("three_blobs"), 11, "three_blobz");
  write(unknown);
  ASSERT_TRUE(followed([&] { return app().author().trouble().find("three_blobz") != std::string::npos; }));
  EXPECT_TRUE(player().is_open());
  write(whole);
  ASSERT_TRUE(followed([&] { return app().author().trouble().empty(); }));
  std::filesystem::remove(file);
  ASSERT_TRUE(followed([&] { return !app().author().trouble().empty(); }));
  EXPECT_TRUE(player().is_open());
}

TEST_F(Author, WhatWasWrittenElsewhereIsNeverOverwritten) {
  begin();
  act("lesson.add_moment");
  const std::string theirs = text() + "\nMore words.\n";
  write(theirs);
  app().actions().run("lesson.remove_page");  // before the window has seen it
  settled();
  EXPECT_EQ(text(), theirs);
  EXPECT_NE(player().body().find("More words."), std::string::npos);
  EXPECT_NE(app().actions().disabled("lesson.undo_page"), "") << "it would take their words back too";
  act("lesson.remove_page");
  EXPECT_EQ(headings(), Strings{"Step 0"});
}

TEST_F(Author, APageCanBeginElsewhere) {
  write(
      "# One\n```iemlab\nscene = \"penguins\" # birds\n# mine\nshow = [\"stage\", \"loss\"]\n```\nWords.\n"
      "# Two\nIt goes on.\n");
  ASSERT_EQ(app().open_lesson_file(file), "");
  settled();
  app().engine().step(2);
  settled();
  act("lesson.update_moment");
  EXPECT_EQ(
      text(),
      "# One\n```iemlab\nscene = \"penguins\"\nstep = 2\n# mine\nshow = [\"stage\", \"loss\"]\n```\nWords.\n"
      "# Two\nIt goes on.\n");
  EXPECT_EQ(step(), 2);
  act("lesson.next");
  EXPECT_EQ(step(), 2);
  act("lesson.add_moment");
  EXPECT_NE(
      text().find("# Step 2\n```iemlab\nscene = \"penguins\"\nstep = 2\nshow = [\"stage\", \"loss\"]\n```\n"),
      std::string::npos)
      << text();
}

TEST_F(Author, EditsAtSeveralStepsAreCarriedExactly) {
  begin();
  app().context().set("model.temperature", 2.0);
  app().engine().step(1);
  settled();
  app().context().set("model.temperature", 0.5);
  app().engine().step(2);
  const std::uint64_t here = hash();
  act("lesson.add_moment");
  EXPECT_EQ(hash(), here);
  EXPECT_EQ(step(), 3);
  EXPECT_TRUE(is_state_string(player().page().moment.scene->name));
  expect_it_holds();
}

TEST_F(Author, RunsBesideTheRunAreCarried) {
  begin();
  app().actions().run("run.compare");
  settled();
  app().engine().step(2);
  const std::size_t lanes = settled()->lanes.size();
  ASSERT_GT(lanes, 0u);
  act("lesson.add_moment");
  EXPECT_EQ(settled()->lanes.size(), lanes);
  act("lesson.back");
  EXPECT_EQ(settled()->lanes.size(), 0u);
  act("lesson.add_moment");
  EXPECT_EQ(player().page().moment.scene->name, "three_blobs");
}

TEST_F(Author, AMomentOfASceneThatComparesRunsIsInWords) {
  app().open("margins_compare");
  settled();
  ASSERT_GT(settled()->lanes.size(), 0u);
  begin();
  EXPECT_EQ(player().page().moment.scene->name, "margins_compare");
}

TEST_F(Author, TheListOfLessonsMakesANewOne) {
  app().actions().run("lesson.list");
  run([&](ImGuiTestContext& at) {
    at.Yield(2);
    at.ItemClick("##lessons.card/##new_lesson");
    at.Yield(2);
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_A);
    at.KeyChars(file.c_str());
    at.KeyPress(ImGuiKey_Enter);
  });
  settled();
  ASSERT_TRUE(player().is_open());
  EXPECT_EQ(headings(), Strings{"Step 0"});
  expect_it_holds();
}

// Its dialog may be answered while a moment is still being found for the lesson before.
TEST_F(Author, ANewLessonThatIsAskedForMeanwhileComesBehindTheMoment) {
  begin();
  app().engine().step(2);
  settled();
  const std::string other = fresh_file("other.md");
  {
    const HeldJobs::Hold hold(jobs);
    app().actions().run("lesson.add_moment");
    app().author().create(other);
    EXPECT_TRUE(hold.lasts()) << "the window waited for the moment";
    EXPECT_TRUE(app().author().working());
  }
  settled();
  EXPECT_EQ(headings(), (Strings{"Step 0", "Step 2"})) << "the moment was lost";
  ASSERT_TRUE(player().is_open());
  EXPECT_EQ(player().lesson().file, other);
  EXPECT_EQ(player().lesson().pages.size(), 1u);
  EXPECT_EQ(player().page().heading, "Step 2");
}

TEST_F(Author, ALessonThatCannotBeWrittenIsSaidAndNotOpened) {
  app().author().create("/nowhere/at/all.md");
  settled();
  ASSERT_FALSE(app().context().notices().history().empty());
  EXPECT_NE(app().context().notices().history().back().find("/nowhere/at/all.md"), std::string::npos);
  EXPECT_FALSE(player().is_open());
}

TEST_F(Author, ABuiltInLessonIsCopiedBeforeItIsWritten) {
  app().open_lesson(*find_lesson("heat"));
  settled();
  player().go(1);
  settled();
  EXPECT_NE(app().actions().disabled("lesson.add_moment"), "");
  app().actions().run("lesson.save_copy");
  run([&](ImGuiTestContext& at) {
    at.Yield(2);
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_A);
    at.KeyChars(file.substr(0, file.size() - 3).c_str());
    at.KeyPress(ImGuiKey_Enter);
  });
  settled();
  EXPECT_EQ(text(), embedded_text("lessons/heat.md"));
  EXPECT_EQ(player().lesson().file, file);
  EXPECT_EQ(player().index(), 1u);
  act("lesson.add_moment");
  EXPECT_EQ(player().index(), 2u);
}

TEST_F(Author, ALessonIsOpenedLikeOtherFiles) {
  write("# One\n```iemlab\nscene = \"penguins\"\n```\nWords.\n");
  frame.drop({file});
  settled();
  ASSERT_TRUE(player().is_open());
  EXPECT_EQ(app().actions().disabled("lesson.add_moment"), "");
  EXPECT_NE(app().actions().disabled("lesson.move_page_up"), "");
  EXPECT_NE(app().actions().disabled("lesson.remove_page"), "");
  act("lesson.leave");
  write("no lesson");
  frame.drop({file});
  settled();
  EXPECT_FALSE(player().is_open());
  EXPECT_NE(app().context().notices().history().back().find("mine.md:1:1:"), std::string::npos);
}

TEST_F(Author, TheMenuRunsTheActions) {
  begin();
  run([&](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo("//Lesson###controls/##lesson_page").ID);
    at.ItemClick("##write_lesson");
    at.Yield(2);
    at.ItemClick("//$FOCUSED/Add this moment as a page/##item");
  });
  settled();
  EXPECT_EQ(headings(), (Strings{"Step 0", "Step 0"}));
}

}  // namespace
}  // namespace iem::gui
