// The states of pages, the answers of their questions, and what is covered.
#include "core/lesson/play_lesson.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/lesson/lessons.h"
#include "core/lesson/read_lesson.h"
#include "core/session/scene_file.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

const auto kOneThread = std::make_shared<ThreadPool>(1);

Lesson page_lesson(const std::string& moment, const std::string& more = "") {
  return read_lesson("# A\n```iemlab\n" + moment + "\n```\n" + more, "x.md");
}

// Three pages: a scene with everything, one that goes on, one that goes on elsewhere.
const std::string kThreePages = R"(# One
```iemlab
scene = "two_blobs"
step = 2
set = { "model.temperature" = 0.5 }
play = 3
show = ["stage"]
controls = ["model.temperature", "prototype 1", "step"]
lock = true
```
? where = "prototype 2", then = 4
# Two
Words.
# Three
```iemlab
step = 1
lock = false
show = ["loss"]
```
)";

TEST(PlayLesson, PagesFollowOneAnother) {
  const Lesson lesson = read_lesson(kThreePages, "x.md");
  iem::Run by_hand(load_scene("two_blobs"), kOneThread);
  by_hand.seek(2);
  by_hand.apply({"model.temperature", 0.5});

  const PageState one = play_page(lesson, 0, kOneThread);
  EXPECT_EQ(one.arrived.state().hash(), by_hand.state().hash());
  by_hand.seek(5);
  EXPECT_EQ(one.run.state().hash(), by_hand.state().hash());
  by_hand.seek(9);
  EXPECT_EQ(one.revealed.state().hash(), by_hand.state().hash());
  EXPECT_TRUE(one.arrangement.lock);
  EXPECT_FALSE(one.arrangement.shows_all);
  ASSERT_EQ(one.arrangement.controls.size(), 3U);
  EXPECT_EQ(one.arrangement.controls[1].element, (ElementId{ElementId::Kind::prototype, 0}));
  EXPECT_FALSE(one.arrangement.cover.empty());

  const PageState two = play_page(lesson, 1, kOneThread, &one);
  EXPECT_EQ(two.run.state().step, 9);
  EXPECT_TRUE(two.arrangement.lock) << "what a page does not say is as on the page before";
  EXPECT_TRUE(two.arrangement.cover.empty());

  const PageState three = play_page(lesson, 2, kOneThread, &two);
  EXPECT_EQ(three.run.state().step, 1);
  EXPECT_FALSE(three.arrangement.lock);
  EXPECT_EQ(three.arrangement.show.at(0).name, "loss");
  EXPECT_EQ(play_page(lesson, 2, kOneThread).run.state().hash(), three.run.state().hash())
      << "a page that is jumped to is the page that is walked to";
}

TEST(PlayLesson, SettingsOfAStartAreMadeBeforeIt) {
  Scene scene = load_scene("three_blobs");
  scene.config.set("seeds.init", std::int64_t{5});
  const iem::Run other(std::move(scene), kOneThread);
  const PageState state =
      play_page(page_lesson("scene = \"three_blobs\"\nset = { \"seeds.init\" = 5 }"), 0, kOneThread);
  EXPECT_EQ(state.run.state().hash(), other.state().hash());
}

TEST(PlayLesson, NamesThePlaceOfWhatCannotBePlayed) {
  const std::vector<std::pair<std::string, std::string>> all = {
      {"scene = \"two_blob\"",
       "x.md:3:9: scene: no scene or file \"two_blob\"; did you mean two_blobs? (`iemlab list scenes` lists "
       "the "
       "built-in ones)"},
      {"scene = \"two_blobs\"\nset = { \"model.temprature\" = 1 }",
       "x.md:4:30: unknown key model.temprature; did you mean model.temperature?"},
      {"scene = \"two_blobs\"\nset = { \"model.temperature\" = -1 }",
       "x.md:4:31: model.temperature = -1: must be greater than 0"},
      {"scene = \"two_blobs\"\nset = { \"model.nu\" = 5 }",
       "x.md:4:22: model.nu = 5.0: has no effect with model.energy = \"gaussian\"; it has with "
       "\"student_t\""},
      {"scene = \"two_blobs\"\nshow = [\"stagee\"]",
       "x.md:4:8: \"stagee\" is not a panel or a figure of the mixture lab; did you mean stage?"},
      {"scene = \"two_blobs\"\ncontrols = [\"loss\"]",
       "x.md:4:12: \"loss\" is not a key, stage, step or an element of the mixture lab"},
      {"scene = \"two_blobs\"\nhighlight = [\"prototype 9\"]",
       "x.md:4:13: there is no prototype 9 on the stage"},
      {"scene = \"two_blobs\"\nhighlight = [\"formula q_j\"]",
       "x.md:4:13: \"formula q_j\": the glossary has no such symbol"},
  };
  for (const auto& [moment, error] : all)
    EXPECT_EQ(error_of([&, moment = moment] { (void)play_page(page_lesson(moment), 0, kOneThread); }), error);
}

TEST(PlayLesson, AStepThatIsNotReachedIsAnError) {
  const std::string moment =
      "scene = \"two_blobs\"\nset = { \"optimizer.learning_rate\" = 1e300, \"optimizer.method\" = \"gd\" "
      "}\nplay = 9";
  const std::string error = error_of([&] { (void)play_page(page_lesson(moment), 0, kOneThread); });
  EXPECT_TRUE(error.starts_with("x.md:2:1: step 9 is not reached: the run is not finite behind step "))
      << error;
}

TEST(PlayLesson, CanBeStopped) {
  int asked = 0;
  EXPECT_THROW((void)play_page(page_lesson("scene = \"two_blobs\"\nstep = 50"), 0, kOneThread, nullptr,
                               [&] { return ++asked > 3; }),
               EvaluationStopped);
}

Truth truth_in(const std::string& moment, const std::string& question, PageState* state = nullptr,
               Lesson* lesson = nullptr) {
  const Lesson read = page_lesson(moment, question + "\n");
  PageState played = play_page(read, 0, kOneThread);
  const Truth truth = truth_of(*read.pages[0].question, played);
  if (state != nullptr) *state = std::move(played);
  if (lesson != nullptr) *lesson = read;
  return truth;
}

TEST(PlayLesson, KnowsWhereAPrototypeGoes) {
  const Truth truth = truth_in("scene = \"two_blobs\"", "? where = \"prototype 2\", then = 3");
  iem::Run run(load_scene("two_blobs"), kOneThread);
  const auto mean = [&] { return run.setup().model->natural(run.state().theta).front().tensor.data; };
  EXPECT_EQ(truth.from_x, mean()[2]);
  EXPECT_EQ(truth.from_y, mean()[3]);
  run.seek(3);
  EXPECT_EQ(truth.x, mean()[2]);
  EXPECT_EQ(truth.y, mean()[3]);
  EXPECT_NE(truth.x, truth.from_x);
  Question question;
  Guess guess;
  guess.x = truth.x + 3, guess.y = truth.y - 4;
  EXPECT_DOUBLE_EQ(gap_of(question, guess, truth), 5);
}

TEST(PlayLesson, KnowsNumbersChoicesAndCurves) {
  const Truth number = truth_in("scene = \"two_blobs\"", "? ask = \"A\", number = \"loss\", then = 2");
  iem::Run run(load_scene("two_blobs"), kOneThread);
  run.seek(2);
  EXPECT_EQ(number.number, run.evaluation().loss);
  EXPECT_EQ(
      truth_in("scene = \"two_blobs\"", "? ask = \"A\", choice = [\"a\", \"b\"], answer = \"b\"").choice, 1U);

  Lesson lesson;
  const Truth curve = truth_in("scene = \"tanh\"", "? sketch = \"activation\"", nullptr, &lesson);
  ASSERT_GT(curve.curve_x.size(), 100U);
  for (std::size_t i = 0; i < curve.curve_x.size(); i += 50)
    EXPECT_NEAR(curve.curve_y[i], std::tanh(curve.curve_x[i]), 1e-6);
  Guess flat;
  flat.curve_x = {0, 1}, flat.curve_y = {0.5, 0.5};
  const double gap = gap_of(*lesson.pages[0].question, flat, curve);
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < curve.curve_x.size(); ++i)
    if (curve.curve_x[i] >= 0 && curve.curve_x[i] <= 1) sum += std::abs(0.5 - curve.curve_y[i]), ++count;
  ASSERT_GT(count, 5);
  EXPECT_NEAR(gap, sum / count, 1e-12);
  EXPECT_TRUE(std::isnan(gap_of(*lesson.pages[0].question, {}, curve)));
}

TEST(PlayLesson, SaysWhereAQuestionHasNoAnswer) {
  const std::vector<std::pair<std::string, std::string>> all = {
      {"? where = \"prototype 7\"", "x.md:5:11: there is no prototype 7 on the stage"},
      {"? where = \"the square\"", "x.md:5:11: \"the square\" is no element, such as prototype 2"},
      {"? ask = \"A\", number = \"losss\"",
       "x.md:5:23: there is no number losss in the mixture lab; did you mean loss?"},
      {"? ask = \"A\", number = \"means\"", "x.md:5:23: it is no single number"},
      {"? ask = \"A\", number = \"1/0\"", "x.md:5:23: it has no finite value here"},
      {"? sketch = \"strip\"", "x.md:5:12: \"strip\" is no figure that could be sketched"},
  };
  for (const auto& [question, error] : all) {
    EXPECT_EQ(error_of([&, question = question] { (void)truth_in("scene = \"two_blobs\"", question); }),
              error);
  }
}

std::vector<std::string> covered_by(const std::string& scene, const std::string& question) {
  const Lesson lesson = page_lesson("scene = \"" + scene + "\"", question + "\n");
  std::vector<std::string> out;
  for (const WindowElement& element : play_page(lesson, 0, kOneThread).arrangement.cover)
    out.push_back(element.name);
  return out;
}

TEST(Elements, WhatIsCoveredFollowsFromTheQuestion) {
  using List = std::vector<std::string>;
  EXPECT_EQ(covered_by("two_blobs", "? where = \"prototype 2\""),
            (List{"arrows", "pulls", "future", "m_phases", "pull", "preconditioner", "bound"}));
  EXPECT_EQ(covered_by("tanh", "? sketch = \"activation\""), List{"activation"});
  EXPECT_EQ(covered_by("two_blobs", "? ask = \"A\", number = \"loss@9 - abs(means[0, 0])\""),
            (List{"loss", "means"}));
  EXPECT_EQ(covered_by("two_blobs", "? ask = \"A\", choice = [\"a\", \"b\"], answer = \"b\""), List{});
}

TEST(Elements, NumbersStandInSeveralPlaces) {
  const auto snapshot = take_snapshot(iem::Run(load_scene("two_blobs"), kOneThread));
  const auto names = [&](const std::string& number) {
    std::vector<std::string> out;
    for (const WindowElement& place : places_of_number(number, *snapshot)) out.push_back(place.name);
    return out;
  };
  using List = std::vector<std::string>;
  EXPECT_EQ(names("loss"), (List{"loss", "loss_value"}));
  EXPECT_EQ(names("responsibilities"), (List{"responsibilities", "shares"}));
  EXPECT_EQ(names("identity_error"), (List{"identity", "meter"}));
  EXPECT_EQ(names("model.temperature"), List{"model.temperature"});
}

TEST(Elements, AreCountedAsOnScreen) {
  EXPECT_EQ(element_of_name("prototype 2"), (ElementId{ElementId::Kind::prototype, 1}));
  EXPECT_EQ(element_of_name("point 0"), (ElementId{ElementId::Kind::point, 0}));
  for (const char* bad :
       {"prototype 0", "prototype", "prototype 1x", "point -1", "dog 1", "point 99999999999", ""})
    EXPECT_EQ(element_of_name(bad).kind, ElementId::Kind::none) << bad;
  for (const char* name : {"prototype 2", "point 0", "key 3", "query 1", "value 4"})
    EXPECT_EQ(name_of_element(element_of_name(name)), name);
}

TEST(PlayLesson, TasksAreTrueOfARun) {
  const Lesson lesson = page_lesson("scene = \"two_blobs\"",
                                    "= state: step >= 3 and model.temperature == 2\n= by: steps = 3, set = { "
                                    "\"model.temperature\" = 2 }\n");
  const PageState state = play_page(lesson, 0, kOneThread);
  const LessonTask& task = *lesson.pages[0].task;
  EXPECT_FALSE(is_done(task, state.run));
  EXPECT_TRUE(is_done(task, done_by(task, state.run)));
}

TEST(PlayLesson, ATaskThatTakesManyStepsCanBeStopped) {
  const Lesson lesson = page_lesson("scene = \"two_blobs\"", "= state: step@50 == 50\n= by: steps = 3\n");
  const PageState state = play_page(lesson, 0, kOneThread);
  const LessonTask& task = *lesson.pages[0].task;
  int asked = 0;
  EXPECT_THROW((void)is_done(task, state.run, [&] { return ++asked > 5; }), EvaluationStopped);
  EXPECT_EQ(asked, 6);
  EXPECT_TRUE(is_done(task, state.run, [] { return false; }));
}

// What a scene says of the window it is shown in.
TEST(ReducedView, IsReadWrittenAndTakenByAPage) {
  Scene scene = load_scene("two_blobs");
  scene.config.set("view.show", std::vector<std::string>{"stage", "loss"});
  scene.config.set("view.controls", std::vector<std::string>{});
  scene.config.set("view.lock", true);
  const Scene back = parse_scene(write_scene(scene), "x.toml");
  EXPECT_EQ(back.config, scene.config);
  EXPECT_TRUE(back.config.is_set("view.controls")) << "an empty list of controls is not the same as none";
  const Arrangement arrangement = arrangement_of(*take_snapshot(iem::Run(back, kOneThread)));
  EXPECT_FALSE(arrangement.shows_all);
  EXPECT_EQ(arrangement.show.size(), 2U);
  EXPECT_FALSE(arrangement.has_all_controls);
  EXPECT_TRUE(arrangement.controls.empty());
  EXPECT_TRUE(arrangement.lock);
  EXPECT_TRUE(arrangement_of(*take_snapshot(iem::Run(load_scene("two_blobs"), kOneThread))).shows_all);
}

TEST(ReducedView, RefusesWhatTheWindowDoesNotHave) {
  const std::string head = "format = 1\nlab = \"mixture\"\n[view]\n";
  EXPECT_EQ(error_of([&] { (void)parse_scene(head + "show = [\"stage\", \"los\"]\n", "x.toml"); }),
            "x.toml:4:8: view.show = [\"stage\", \"los\"]: \"los\" is not a panel or figure of the mixture "
            "lab; did you mean "
            "loss?");
  EXPECT_EQ(error_of([&] {
              (void)parse_scene(head + "controls = [\"point 0\", \"model.tau\"]\n", "x.toml");
            }).substr(0, 13),
            "x.toml:4:12: ");
  EXPECT_EQ(error_of([&] { (void)parse_scene(head + "lock = 1\n", "x.toml"); }).substr(0, 12),
            "x.toml:4:8: ");
}

}  // namespace
}  // namespace iem
