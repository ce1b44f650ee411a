// What is kept of a lesson in a session, and what it is worth.
#include "core/lesson/grade_lesson.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/lesson/read_lesson.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

const auto kGradePool = std::make_shared<ThreadPool>(1);
const std::string kGraded = R"(# One
```iemlab
scene = "two_blobs"
```
? where = "prototype 1"
# Two
? ask = "Which?", choice = ["a", "b"], answer = "b"
= state: step >= 4
= by: steps = 4
# Three
```iemlab
scene = "tanh"
```
? sketch = "activation"
)";

std::string state_of(const Run& run) { return write_state_string(run, run.setup().config()); }

TEST(LessonRecord, IsKeptInASession) {
  LessonRecord record{"two_arrows", 3, {{1, {0.1, -1e-300}, {2, 3}}, {2, {1}, {}}}, {{2, "iem1:\"x"}}};
  EXPECT_EQ(read_lesson_record(write_lesson_record(record), "x"), record);
  const iem::Run run(load_scene("two_blobs"), kGradePool);
  const std::string saved = save_session(run, run.setup().config(), SessionFor::file, record);
  EXPECT_EQ(load_session(saved, "x.iemlab", kGradePool).lesson, record);
  const std::string without = save_session(run, run.setup().config());
  EXPECT_EQ(without.find("\"lesson\""), std::string::npos);
  EXPECT_EQ(load_session(without, "x.iemlab", kGradePool).lesson, LessonRecord{});
}

TEST(LessonRecord, RefusesWhatIsNone) {
  for (const auto& [text, error] : std::vector<std::pair<std::string, std::string>>{
           {"page = 1\n", "x: lesson: its id is missing"},
           {"lesson = 3\n", "x:1:10: lesson = 3: must be a string"},
           {"lesson = \"a\"\npage = 0\n", "x:2:8: page = 0: must be a whole number from 1 to 1000"},
           {"lesson = \"a\"\ncolour = 0\n", "x:2:1: unknown key colour"},
           {"lesson = \"a\"\n[[answer]]\nz = 0\n", "x:3:1: unknown key answer[0].z"},
           {"lesson = \"a\"\n[[answer]]\nx = [[1]]\n",
            "x:3:5: answer[0].x = [[1.0]]: must be a list of numbers"},
           {"lesson = \"a\"\nanswer = 3\n", "x:2:1: unknown key answer"},
           {"lesson = \"a\"\n[answer]\nx = [1]\n", "x:3:1: unknown key answer.x"}})
    EXPECT_EQ(error_of([&, text = text] { (void)read_lesson_record(text, "x"); }), error);
}

TEST(GradeLesson, MeasuresGuessesAndReplaysTasks) {
  const LessonKey key(read_lesson(kGraded, "graded.md"), kGradePool);
  iem::Run run(load_scene("two_blobs"), kGradePool);
  const auto mean = [&] { return run.setup().model->natural(run.state().theta).front().tensor.data; };
  run.seek(1);
  Guess where;
  where.x = mean()[0] + 1, where.y = mean()[1];
  Guess choice;
  choice.choice = 1;
  run.seek(6);
  const Lesson& lesson = key.lesson();
  LessonRecord record{
      "graded",
      2,
      {answer_of(1, *lesson.pages[0].question, where), answer_of(2, *lesson.pages[1].question, choice)},
      {{2, state_of(run)}}};
  const std::vector<GradedItem> items = key.grade(record);
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[0].page, 1);
  EXPECT_NEAR(items[0].gap, 1, 1e-12);
  EXPECT_EQ(items[1].gap, 0);
  EXPECT_TRUE(items[2].is_task && items[2].is_done) << items[2].why;
  EXPECT_FALSE(items[3].is_there);
}

TEST(GradeLesson, BelievesNoTaskThatDoesNotReplay) {
  const LessonKey key(read_lesson(kGraded, "graded.md"), kGradePool);
  const auto why = [&](const std::string& state) {
    const std::vector<GradedItem> items = key.grade({"graded", 2, {}, {{2, state}}});
    EXPECT_FALSE(items[2].is_done);
    return items[2].why;
  };
  iem::Run run(load_scene("two_blobs"), kGradePool);
  run.seek(2);
  EXPECT_EQ(why(state_of(run)), "the condition does not hold");
  iem::Run other(load_scene("three_blobs"), kGradePool);
  other.seek(9);
  EXPECT_EQ(why(state_of(other)), "it is another run than the page's");
  EXPECT_EQ(why("done"), "there is no state string");
  run.seek(9);
  std::string damaged = state_of(run);
  damaged.resize(damaged.size() / 2);
  EXPECT_NE(why(damaged), "");
  EXPECT_EQ(error_of([&] {
              (void)key.grade({"other", 1, {}, {}});
            }),
            "is of the lesson other, not of graded");
}

}  // namespace
}  // namespace iem
