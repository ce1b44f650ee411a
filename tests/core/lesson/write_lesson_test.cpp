// Changes of a lesson's text keep every other byte.
#include "core/lesson/write_lesson.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/base/embedded.h"
#include "core/base/utf8.h"
#include "core/lesson/lessons.h"
#include "core/lesson/read_lesson.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

NewPage added_page() {
  NewPage page{"A new page", "Words\nand more of them.", {}};
  page.moment.scene = {"two_blobs", {}};
  page.moment.step = 3;
  page.moment.set = {{"model.temperature", 0.5, {}}, {"state.means", Tensor{{2, 2}, {0.1, -1, 2, 3}}, {}}};
  page.moment.show = std::vector<LessonName>{{"stage", {}}, {"loss", {}}};
  page.moment.lock = true;
  page.moment.play = 2;
  page.moment.speed = 5;
  return page;
}

const std::string kHard = R"(---
title: Hard to cut
---

# One
```iemlab
scene = "two_blobs"
```
Code:
~~~md
# no page
---
```
~~~


# Two
Words.
````text
# neither
```iemlab
````
# Three  

~~~~iemlab
# why this scene
scene = "three_blobs" # the best
set = { "model.temperature" = 2.0 }
show = [ # what is there
  "stage",

  "loss" ]
play = 1
# the end
~~~~
)";

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

std::vector<std::string> texts() {
  std::vector<std::string> out;
  for (const std::string& id : lesson_names()) out.emplace_back(embedded_text("lessons/" + id + ".md"));
  std::string bare = kHard;
  bare.pop_back();
  for (const std::string& text : {kHard, bare, kHard + "\n \n\n"}) {
    out.push_back(text);
    out.push_back(with_crlf(text));
    out.push_back(std::string(kUtf8Bom) + text.substr(text.find("# One")));
  }
  return out;
}

TEST(WriteLesson, InsertedAndRemovedGivesTheSameBytes) {
  for (const std::string& text : texts()) {
    const Lesson lesson = read_lesson(text, "x.md");
    for (std::size_t i = 0; i < lesson.pages.size(); ++i) {
      const std::string longer = with_page_behind(text, "x.md", i, added_page());
      const Lesson read = read_lesson(longer, "x.md");
      ASSERT_EQ(read.pages.size(), lesson.pages.size() + 1);
      EXPECT_EQ(read.title, lesson.title);
      const LessonPage& page = read.pages[i + 1];
      EXPECT_EQ(page.heading, "A new page");
      EXPECT_EQ(page.body.markdown, "Words\nand more of them.");
      EXPECT_EQ(page.moment.set.size(), 2U);
      EXPECT_EQ(moment_text(page.moment), moment_text(added_page().moment));
      EXPECT_EQ(without_page(longer, "x.md", i + 1), text);
      const bool has_crlf = text.find('\r') != std::string::npos;
      for (std::size_t at = longer.find('\n'); at != std::string::npos; at = longer.find('\n', at + 1))
        ASSERT_EQ(longer[at - 1] == '\r', has_crlf) << longer.substr(0, at);
    }
  }
}

TEST(WriteLesson, MovedThereAndBackGivesTheSameBytes) {
  for (const std::string& text : texts()) {
    const Lesson lesson = read_lesson(text, "x.md");
    for (std::size_t i = 0; i + 1 < lesson.pages.size(); ++i) {
      if (i == 0 && !lesson.pages[1].moment.scene) {
        EXPECT_NE(error_of([&] { (void)with_pages_swapped(text, "x.md", 0); }), "");
        continue;
      }
      const std::string moved = with_pages_swapped(text, "x.md", i);
      const Lesson read = read_lesson(moved, "x.md");
      EXPECT_EQ(read.pages[i].heading, lesson.pages[i + 1].heading);
      EXPECT_EQ(read.pages[i + 1].body.markdown, lesson.pages[i].body.markdown);
      // The way back may end at a first page without a scene only where it began there.
      EXPECT_EQ(with_pages_swapped(moved, "x.md", i), text);
    }
  }
}

TEST(WriteLesson, RemovesAPageAndNothingElse) {
  EXPECT_EQ(without_page(kHard, "x.md", 1),
            kHard.substr(0, kHard.find("# Two")) + kHard.substr(kHard.find("# Three")));
  EXPECT_NE(error_of([] { (void)without_page(kHard, "x.md", 0); }).find("x.md:5:1: \"Two\" goes on"),
            std::string::npos);
  const std::string one = new_lesson("One page", added_page());
  EXPECT_EQ(error_of([&] { (void)without_page(one, "x.md", 0); }), "x.md: a lesson has at least one page");
  EXPECT_EQ(error_of([&] { (void)without_page(one, "x.md", 3); }), "x.md: there is no page 4");
}

TEST(WriteLesson, AnotherMomentKeepsTheOtherLinesOfThePage) {
  Moment moment;
  moment.scene = {"moons", {}};
  moment.step = 4;
  moment.lock = true;
  for (const bool crlf : {false, true}) {
    const std::string text = crlf ? with_crlf(kHard) : kHard;
    std::string wanted = R"(~~~~iemlab
scene = "moons"
step = 4
lock = true
# why this scene
show = [ # what is there
  "stage",

  "loss" ]
# the end
~~~~
)";
    wanted = kHard.substr(0, kHard.find("~~~~iemlab")) + wanted;
    EXPECT_EQ(with_moment(text, "x.md", 2, moment), crlf ? with_crlf(wanted) : wanted);
  }
  // A page that had none.
  const std::string text = with_moment(kHard, "x.md", 1, moment);
  EXPECT_NE(text.find("# Two\n```iemlab\nscene = \"moons\"\nstep = 4\nlock = true\n```\nWords.\n"),
            std::string::npos)
      << text;
}

TEST(WriteLesson, EveryPageOfEveryLessonCanBeginElsewhere) {
  Moment moment = added_page().moment;
  moment.show.reset();
  for (const std::string& text : texts()) {
    const Lesson lesson = read_lesson(text, "x.md");
    for (std::size_t i = 0; i < lesson.pages.size(); ++i) {
      const Lesson read = read_lesson(with_moment(text, "x.md", i, moment), "x.md");
      EXPECT_EQ(read.pages[i].moment.scene->name, "two_blobs");
      EXPECT_EQ(read.pages[i].moment.show.has_value(), lesson.pages[i].moment.show.has_value());
      EXPECT_EQ(read.pages[i].moment.play, 2);
    }
  }
}

TEST(WriteLesson, ANewLessonIsOne) {
  const Lesson lesson = read_lesson(new_lesson("My lesson", added_page()), "mine.md");
  EXPECT_EQ(lesson.title, "My lesson");
  ASSERT_EQ(lesson.pages.size(), 1U);
  EXPECT_EQ(lesson.pages[0].moment.scene->name, "two_blobs");
}

TEST(WriteLesson, WhatIsNoLessonIsRefusedAtItsPlace) {
  EXPECT_NE(
      error_of([] { (void)with_page_behind("# A\nwords\n", "x.md", 0, added_page()); }).find("x.md:1:1"),
      std::string::npos);
  NewPage bad = added_page();
  bad.words = "# another page";
  EXPECT_NE(error_of([&] { (void)with_page_behind(kHard, "x.md", 0, bad); }), "");
}

}  // namespace
}  // namespace iem
