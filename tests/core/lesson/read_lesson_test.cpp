// The grammar of lessons: what is read, and the place and words of every error.
#include "core/lesson/read_lesson.h"

#include <gtest/gtest.h>

#include "core/lesson/lessons.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

const std::string kWhole = R"(---
title: Two arrows
minutes: 8
for: a first course: learning
about: "What one step does"
order: 3
---

# Where it goes
```iemlab
scene = "two_blobs"
step = 4
set = { "model.temperature" = 0.5, optimizer.method = "em" }
show = ["stage", "loss"]
controls = []
highlight = ["prototype 2"]
cover = ["loss"]
lock = true
play = 3
speed = 4
```

Words with $r_j$.
## A smaller heading

? ask = "Where, é, next?", where = "prototype 2", then = 5 # a comment, with a comma
More words.
! It goes
! there.

! And stays.
> Wait.
= say: Make $J$ small.
= state: loss < 2.2
= by: steps = 40, set = { "optimizer.method" = "em" }

```python
# no heading
! no marker
```
# The last
![picture](x.png)
)";

TEST(ReadLesson, ReadsEveryPartWithItsPlace) {
  const Lesson lesson = read_lesson(kWhole, "folder/two_arrows.md");
  EXPECT_EQ(lesson.id, "two_arrows");
  EXPECT_EQ(lesson.title, "Two arrows");
  EXPECT_EQ(lesson.audience, "a first course: learning");
  EXPECT_EQ(lesson.about, "What one step does");
  EXPECT_EQ(lesson.minutes, 8);
  EXPECT_EQ(lesson.order, 3);
  ASSERT_EQ(lesson.pages.size(), 2U);

  const LessonPage& page = lesson.pages[0];
  EXPECT_EQ(page.heading, "Where it goes");
  EXPECT_EQ(page.at.line, 9);
  const Moment& moment = page.moment;
  EXPECT_EQ(moment.at.line, 10);
  ASSERT_TRUE(moment.scene);
  EXPECT_EQ(moment.scene->name, "two_blobs");
  EXPECT_EQ(moment.scene->at.line, 11);
  EXPECT_EQ(moment.scene->at.column, 9);
  EXPECT_EQ(moment.step, 4);
  ASSERT_EQ(moment.set.size(), 2U);
  EXPECT_EQ(moment.set[0].key, "model.temperature");
  EXPECT_EQ(moment.set[0].value, Value(0.5));
  EXPECT_EQ(moment.set[0].at.line, 13);
  EXPECT_EQ(moment.set[0].at.column, 31);
  EXPECT_EQ(moment.set[1].key, "optimizer.method");
  ASSERT_TRUE(moment.show && moment.controls && moment.highlight && moment.cover);
  EXPECT_EQ(moment.show->size(), 2U);
  EXPECT_EQ(moment.controls->size(), 0U);
  EXPECT_EQ(moment.highlight->at(0).name, "prototype 2");
  EXPECT_EQ(moment.lock, true);
  EXPECT_EQ(moment.play, 3);
  EXPECT_EQ(moment.speed, 4);

  EXPECT_EQ(page.body.markdown,
            "Words with $r_j$.\n## A smaller heading\n\nMore words.\n\n"
            "```python\n# no heading\n! no marker\n```");
  EXPECT_EQ(page.body.place(page.body.markdown.find("r_j")).line, 23);
  EXPECT_EQ(page.body.place(page.body.markdown.find("r_j")).column, 13);
  EXPECT_EQ(page.body.place(page.body.markdown.find("More")).line, 27);
  ASSERT_TRUE(page.question);
  EXPECT_EQ(page.question->kind, Question::Kind::where);
  EXPECT_EQ(page.question->ask, "Where, é, next?");
  EXPECT_EQ(page.question->subject.name, "prototype 2");
  EXPECT_EQ(page.question->subject.at.line, 26);
  EXPECT_EQ(page.question->subject.at.column, 36);
  EXPECT_EQ(page.question->then, 5);
  EXPECT_EQ(page.reveal.markdown, "It goes\nthere.\n\nAnd stays.");
  EXPECT_EQ(page.reveal.place(page.reveal.markdown.find("there")).line, 29);
  EXPECT_EQ(page.reveal.place(page.reveal.markdown.find("there")).column, 3);
  EXPECT_EQ(page.notes.markdown, "Wait.");
  ASSERT_TRUE(page.task);
  EXPECT_EQ(page.task->say, "Make $J$ small.");
  EXPECT_EQ(page.task->state, "loss < 2.2");
  EXPECT_EQ(page.task->steps, 40);
  ASSERT_EQ(page.task->set.size(), 1U);
  EXPECT_EQ(page.task->set[0].at.line, 35);
  EXPECT_EQ(page.task->set[0].at.column, 48);

  EXPECT_EQ(lesson.pages[1].body.markdown, "![picture](x.png)");
  EXPECT_FALSE(lesson.pages[1].question);
}

TEST(ReadLesson, TakesLineEndsOfWindowsAndAByteOrderMark) {
  std::string text = "\xEF\xBB\xBF";
  for (const char c : kWhole) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(read_lesson(text, "x.md").pages[0].body.markdown,
            read_lesson(kWhole, "x.md").pages[0].body.markdown);
}

struct Question4 {
  std::string line;
  Question::Kind kind;
  std::int64_t then;
};

TEST(ReadLesson, KnowsFourKindsOfQuestions) {
  const std::vector<Question4> all = {
      {"where = \"prototype 1\"", Question::Kind::where, 1},
      {"ask = \"Which?\", choice = [\"a, b\", \"c\"], answer = \"c\"", Question::Kind::choice, 0},
      {"ask = \"How much?\", number = \"loss@3 - loss\"", Question::Kind::number, 0},
      {"sketch = \"activation\", then = 2", Question::Kind::sketch, 2},
      {"ask = '#, }', where = \"point 0\",then=0", Question::Kind::where, 0},
  };
  for (const Question4& each : all) {
    const std::string text = "# A\n```iemlab\nscene = \"moons\"\n```\n? " + each.line + "\n";
    const Lesson lesson = read_lesson(text, "x.md");
    ASSERT_TRUE(lesson.pages[0].question) << each.line;
    EXPECT_EQ(lesson.pages[0].question->kind, each.kind) << each.line;
    EXPECT_EQ(lesson.pages[0].question->then, each.then) << each.line;
    if (each.kind == Question::Kind::choice) EXPECT_EQ(lesson.pages[0].question->answer, 1U);
  }
}

// Behind the first page, whose last line is line 5.
struct BadLesson {
  std::string text, error;
};
const std::string kFirstPage = "# A\n```iemlab\nscene = \"moons\"\n```\nWords.\n";

TEST(ReadLesson, NamesThePlaceOfEveryMistake) {
  const std::vector<BadLesson> all = {
      {"", "x.md:1:1: a lesson has at least one page, which begins with # and its heading"},
      {"\n  \nWords\n", "x.md:3:1: a page begins with its heading, # and words"},
      {"# A\nWords\n", "x.md:1:1: the first page has no scene: its moment, ```iemlab, says scene = \"NAME\""},
      {"#  \nWords\n", "x.md:1:1: a heading is 1 to 200 bytes long"},
      {"---\ntitle: A\n# B\n", "x.md:1:1: the front matter does not end: another line --- is missing"},
      {"---\ntitle\n---\n", "x.md:2:1: a line of the front matter is key: value, such as title: Two arrows"},
      {"---\n titel: A\n---\n", "x.md:2:2: unknown key titel; did you mean title?"},
      {"---\ncolour: A\n---\n",
       "x.md:2:1: unknown key colour: must be one of title, minutes, for, about or order"},
      {"---\ntitle: A\ntitle: B\n---\n", "x.md:3:1: title: is given twice"},
      {"---\ntitle:\n---\n", "x.md:2:1: title: must be 1 to 1000 bytes long"},
      {"---\nminutes: 0\n---\n", "x.md:2:10: minutes: 0: must be a whole number from 1 to 600"},
      {"---\nminutes: 8x\n---\n", "x.md:2:10: minutes: 8x: must be a whole number from 1 to 600"},
      {std::string("# A\xFF\n"), "x.md:1:4: not UTF-8 text"},
      {"# A\né\xC3\n", "x.md:2:2: not UTF-8 text"},
      {std::string("# A\nb\0c\n", 8), "x.md:2:2: a character that nobody sees: U+0000"},
      {"# A\né\xE2\x80\xAE\n", "x.md:2:2: a character that nobody sees: U+202E"},
      {"# A\n```iemlab\nscene = \"moons\"\n", "x.md:2:1: the moment does not end: a line ``` is missing"},
      {"# A\n\n```iemlab\nscene = 3\n```\n", "x.md:4:9: scene = 3: must be a string of 1 to 4000 bytes"},
      {"# A\n```iemlab\nscene = \"moons\"\n\nsteps = 3\n```\n",
       "x.md:5:1: unknown key steps; did you mean step?"},
      {"# A\n```iemlab\nstep = -1\n```\n", "x.md:3:8: step = -1: must be a whole number from 0 to 1000000"},
      {"# A\n```iemlab\nstep = 1.5\n```\n", "x.md:3:8: step = 1.5: must be a whole number from 0 to 1000000"},
      {"# A\n```iemlab\nset = 3\n```\n",
       "x.md:3:7: set: must be a table of keys and values, { \"model.temperature\" = 1.0 }"},
      {"# A\n```iemlab\nset = { \"model.nu\" = nan }\n```\n",
       "x.md:3:22: set.\"model.nu\": nan: numbers must be finite"},
      {"# A\n```iemlab\nshow = \"stage\"\n```\n",
       "x.md:3:8: show = \"stage\": must be a list of at most 64 strings, none empty"},
      {"# A\n```iemlab\nlock = 1\n```\n", "x.md:3:8: lock = 1: must be true or false"},
      {"# A\n```iemlab\nspeed = 0\n```\n",
       "x.md:3:9: speed = 0: must be a number from 0.1 to 60, in steps a second"},
      {kFirstPage + "```iemlab\n```\n",
       "x.md:6:1: the moment of a page stands right after its heading, once"},
      {kFirstPage + "~~~\n# B\n", "x.md:6:1: the fence of code does not end"},
      {kFirstPage + "?\n", "x.md:6:1: what is asked is missing: ? ask = \"...\""},
      {kFirstPage + "? ask = \"A\"\n", "x.md:6:3: a question has one of where, choice, number and sketch"},
      {kFirstPage + "? where = \"a\", sketch = \"b\"\n",
       "x.md:6:16: sketch: a question has one of where, choice, number and sketch"},
      {kFirstPage + "? where = \"a\", colour = \"b\"\n",
       "x.md:6:16: unknown key colour: must be one of ask, where, choice, answer, number, sketch or then"},
      {kFirstPage + "? where = \"a\", then = \"b\"\n",
       "x.md:6:23: then = \"b\": must be a whole number from 0 to 10000"},
      {kFirstPage + "? where = \"a\", answer = \"b\"\n", "x.md:6:16: answer: only a choice has one"},
      {kFirstPage + "? ask = \"A\", choice = [\"a\", \"b\"]\n",
       "x.md:6:3: answer is missing: it says which of the choices is right"},
      {kFirstPage + "? ask = \"é\", choice = [\"a\", \"b\"], answer = \"c\"\n",
       "x.md:6:44: answer = \"c\": must be one of the choices"},
      {kFirstPage + "? ask = \"A\", choice = [\"a\"], answer = \"a\"\n",
       "x.md:6:23: choice = [\"a\"]: must be a list of 2 to 12 strings"},
      {kFirstPage + "? number = \"loss\"\n", "x.md:6:3: ask is missing: the words of the question"},
      {kFirstPage + "? ask = \"A\", number = \"loss <\"\n",
       "x.md:6:23: number = \"loss <\": character 7: a number or a name is missing"},
      {kFirstPage + "? where = \"a\"\n? where = \"b\"\n", "x.md:7:1: a page asks one question"},
      {kFirstPage + "! It goes\n", "x.md:6:3: ! is shown after a guess, and this page asks nothing"},
      {kFirstPage + "= loss < 2\n",
       "x.md:6:1: a line of the task is = say: words, = state: condition, or = by: steps = 40"},
      {kFirstPage + "= state:  loss <\n", "x.md:6:11: = state: character 7: a number or a name is missing"},
      {kFirstPage + "= state:\n", "x.md:6:1: = state: something must follow"},
      {kFirstPage + "= say: A\n", "x.md:6:1: the task has no condition: = state: loss < 2.2"},
      {kFirstPage + "= state: loss < 2\n= state: loss < 2\n", "x.md:7:1: = state: is given twice"},
      {kFirstPage + "= state: loss < 2\n= by: steps = 40, stes = 3\n",
       "x.md:7:19: unknown key stes; did you mean steps?"},
      {kFirstPage + "= state: loss < 2\n= by: steps = 40000\n",
       "x.md:7:15: steps = 40000: must be a whole number from 0 to 10000"},
  };
  for (const BadLesson& bad : all)
    EXPECT_EQ(error_of([&] { (void)read_lesson(bad.text, "x.md"); }), bad.error) << bad.text;
}

TEST(ReadLesson, SaysWhereTomlIsBroken) {
  for (const auto& [text, place] :
       {std::pair<std::string, std::string>{"# A\n```iemlab\nscene = \n```\n", "x.md:3:"},
        {kFirstPage + "? where = \"a\" then = 1\n", "x.md:6:15: "},
        {kFirstPage + "? where = \"a\", where = \"b\"\n", "x.md:6:24: "},
        {kFirstPage + "? where = \"a\n", "x.md:6:"}}) {
    const std::string error = error_of([&, text = text] { (void)read_lesson(text, "x.md"); });
    EXPECT_TRUE(error.starts_with(place)) << error;
  }
}

TEST(ReadLesson, HasLimits) {
  std::string pages = kFirstPage;
  for (int i = 0; i < 200; ++i) pages += "# B\n";
  EXPECT_EQ(error_of([&] { (void)read_lesson(pages, "x.md"); }), "x.md:205:1: more than 200 pages");
  const std::string large = kFirstPage + std::string(1 << 20, 'x');
  EXPECT_EQ(error_of([&] { (void)read_lesson(large, "x.md"); }),
            "x.md: more than 1 MiB: too large for a lesson");
}

TEST(ReadLesson, LoadsByNameAndByPath) {
  ASSERT_FALSE(lessons().empty());
  for (const Lesson& lesson : lessons()) {
    EXPECT_EQ(load_lesson(lesson.id).title, lesson.title);
    EXPECT_NE(lesson.title, lesson.id) << "has no title";
    EXPECT_GT(lesson.minutes, 0) << lesson.id;
    EXPECT_FALSE(lesson.audience.empty()) << lesson.id;
  }
  EXPECT_EQ(
      error_of([] { (void)load_lesson("responsibility_is_slop"); }),
      "no lesson or file \"responsibility_is_slop\"; did you mean responsibility_is_slope? (`iemlab list "
      "lessons` lists the built-in ones)");
}

}  // namespace
}  // namespace iem
