// Whole lessons: the built-in ones hold, and what does not hold is found at its place.
#include "core/lesson/check_lesson.h"

#include <gtest/gtest.h>

#include "core/lesson/lessons.h"
#include "core/lesson/read_lesson.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

const auto kCheckPool = std::make_shared<ThreadPool>(2);

std::vector<std::string> problems_in(const std::string& text) {
  std::vector<std::string> out;
  for (const LessonProblem& problem : check_lesson(read_lesson(text, "x.md"), kCheckPool))
    out.push_back(problem.line());
  return out;
}

TEST(CheckLesson, EveryBuiltInLessonHolds) {
  std::size_t pages = 0;
  for (const Lesson& lesson : lessons()) {
    for (const LessonProblem& problem : check_lesson(lesson, kCheckPool)) ADD_FAILURE() << problem.line();
    pages += lesson.pages.size();
  }
  EXPECT_GE(pages, 2U);
}

const std::string kHolding = R"(# One
```iemlab
scene = "two_blobs"
show = ["stage", "loss", "strip"]
highlight = ["prototype 1", "formula \\mu_j", "model.temperature"]
cover = ["loss", "arrows", "meter"]
```
J is {loss}, and $J = {= loss}$. [temperature](key:model.temperature), [two](prototype:2), [a](point:0),
[b](figure:loss), [c](formula:r_j), [d](scene:moons), [e](https://example.org).
? where = "prototype 2"
! Now J is {loss}.
> Before it was {= loss@0}.
# Two
= state: step >= 10
= by: steps = 10
)";

TEST(CheckLesson, FindsNothingInALessonThatHolds) {
  EXPECT_EQ(problems_in(kHolding), std::vector<std::string>{});
}

TEST(CheckLesson, FindsEverythingThatDoesNotHold) {
  const std::string text = R"(# One
```iemlab
scene = "two_blobs"
show = ["stag", "los"]
cover = ["nothing_of_that"]
```
J is {losss} and {1/0}. [a](key:model.tau) [b](prototype:5) [c](figure:pul) [d](formula:q_j)
[e](scene:moonss) [f](http://a.b) ![g](picture.png) [h](point:two)
? ask = "How far is {metre}?", where = "prototype 4"
! {= loss +}
> {= usag}
# Two
= say: Reach {goal}.
= state: step < 5
= by: steps = 3
# Three
= state: step > 50
= by: steps = 3
# Four
= state: step > 50
# Five
```iemlab
scene = "no_such"
```
# Six
{losss}
# Seven
```iemlab
scene = "moons"
```
= state: stepp > 5
= by: steps = 3
)";
  std::vector<std::string> places;
  for (const std::string& line : problems_in(text)) {
    // "x.md:7:6: {losss}: there is ..."
    std::size_t end = line.find(": ");
    places.push_back(line.substr(5, line.find(' ', end + 2) - 5));
  }
  const std::vector<std::string> expected = {
      "4:8: \"stag\"",      "4:8: \"los\"",      "5:9: \"nothing_of_that\"",
      "7:6: {losss}:",      "7:18: {1/0}:",      "7:29: key:model.tau:",
      "7:48: prototype:5:", "7:65: figure:pul:", "7:81: formula:q_j:",
      "8:5: scene:moonss:", "8:23: http://a.b:", "8:40: picture.png:",
      "8:57: point:two:",   "9:3: {metre}:",     "9:40: there",
      "10:3: {=",           "11:3: {=",          "13:8: {goal}:",
      "14:10: the",         "18:7: the",         "20:10: nothing",
      "23:9: scene:",       "31:10: =",
  };
  EXPECT_EQ(places, expected);
}

TEST(CheckLesson, SaysWhatATaskComesTo) {
  EXPECT_EQ(problems_in("# A\n```iemlab\nscene = \"two_blobs\"\n```\n= state: step > 50\n= by: steps = 3\n"),
            std::vector<std::string>{"x.md:6:7: the task is not done by this: it is 3 > 50"});
}

TEST(CheckLesson, FindsScenesBesideTheLesson) {
  const test::Folder folder;
  folder.write("own.toml", "format = 1\nlab = \"mixture\"\n");
  folder.write("lesson.md", "# A\n```iemlab\nscene = \"own.toml\"\n```\n{loss}\n");
  EXPECT_TRUE(check_lesson(load_lesson(folder.at("lesson.md")), kCheckPool).empty());
}

}  // namespace
}  // namespace iem
