// A run as the moment of a page: in words where they say it, else as a state string; always the same state.
#include "core/lesson/moment_of_run.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/labs/kit/lab.h"
#include "core/lesson/check_lesson.h"
#include "core/lesson/read_lesson.h"
#include "core/lesson/write_lesson.h"
#include "core/session/scene_file.h"
#include "core/session/state_string.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

const auto kPool1 = std::make_shared<ThreadPool>(1);

iem::Run opened(const std::string& scene) { return iem::Run(load_scene(scene), kPool1); }

// The moment, after its page was written, read and played again.
Moment moment_of(const iem::Run& run, const Config& view, const Arrangement& arrangement = {},
                 const std::string& file = "x.md") {
  const Moment moment = moment_of_run(run, view, arrangement, file, kPool1);
  const std::string text = new_lesson("Lesson", {"Page", "Words.", moment});
  const Lesson lesson = read_lesson(text, file);
  EXPECT_EQ(moment_text(lesson.pages[0].moment), moment_text(moment));
  const PageState state = play_page(lesson, 0, kPool1);
  EXPECT_EQ(state.run.state().hash(), run.state().hash()) << text;
  EXPECT_EQ(state.run.state().step, run.state().step);
  for (const LessonProblem& problem : check_lesson(lesson, kPool1)) ADD_FAILURE() << problem.line();
  return moment;
}
std::string text_of(const iem::Run& run, const Arrangement& arrangement = {}) {
  return moment_text(moment_of(run, run.setup().config(), arrangement));
}

TEST(MomentOfRun, IsASceneAtAStep) {
  iem::Run run = opened("two_blobs");
  EXPECT_EQ(text_of(run), "scene = \"two_blobs\"\n");
  run.seek(7);
  EXPECT_EQ(text_of(run), "scene = \"two_blobs\"\nstep = 7\n");
}

TEST(MomentOfRun, SaysSettingsAndDragsOfOneStep) {
  iem::Run run = opened("two_blobs");
  run.seek(2);
  run.apply({"model.temperature", 3.0});
  run.apply({"model.temperature", 0.5});
  run.apply({"state.means", Tensor{{2, 2}, {0.5, 0.25, -1, 2}}});
  const std::string set =
      "set = { \"model.temperature\" = 0.5, \"state.means\" = [[0.5, 0.25], [-1.0, 2.0]] }\n";
  EXPECT_EQ(text_of(run), "scene = \"two_blobs\"\nstep = 2\n" + set);
  run.seek(5);
  EXPECT_EQ(text_of(run), "scene = \"two_blobs\"\nstep = 2\n" + set + "play = 3\n");
  run.seek(102);
  EXPECT_EQ(text_of(run), "scene = \"two_blobs\"\nstep = 2\n" + set + "play = 100\nspeed = 25.0\n");
}

TEST(MomentOfRun, TellsRunsApartByAllButTheView) {
  const iem::Run run = opened("two_blobs");
  iem::Run other = run;
  EXPECT_TRUE(is_same_but_for_view(run, other));
  other.apply({"view.trails", !run.setup().config().flag("view.trails")});
  EXPECT_TRUE(is_same_but_for_view(run, other));
  iem::Run hotter = run;
  hotter.apply({"model.temperature", 3.0});
  EXPECT_FALSE(is_same_but_for_view(run, hotter));
  other.seek(1);
  EXPECT_FALSE(is_same_but_for_view(run, other));
}

TEST(MomentOfRun, LeavesOutWhatWasSetBack) {
  iem::Run run = opened("two_blobs");
  const double was = run.setup().config().real("model.temperature");
  run.apply({"model.temperature", 3.0});
  run.apply({"model.temperature", was});
  run.seek(3);
  EXPECT_EQ(text_of(run), "scene = \"two_blobs\"\nstep = 3\n");
}

TEST(MomentOfRun, IsAStateStringWhereWordsDoNotSayIt) {
  iem::Run several = opened("two_blobs");
  several.apply({"model.temperature", 0.5});
  several.seek(2);
  several.apply({"model.temperature", 2.0});
  several.seek(4);
  EXPECT_TRUE(is_state_string(moment_of(several, several.setup().config()).scene->name));

  iem::Run painted = opened("two_blobs");
  Tensor points{{400, 2}, {}};
  for (int i = 0; i < 800; ++i) points.data.push_back(0.001 * ((i * 7919) % 1009));
  painted.apply({"data.points", points});
  painted.seek(3);
  const Moment moment = moment_of(painted, painted.setup().config());
  EXPECT_TRUE(is_state_string(moment.scene->name));
  EXPECT_GT(moment.scene->name.size(), 1000U);

  iem::Run compared = opened("two_blobs");
  compared.set_beside({RunSpec{"", {{"model.temperature", 2.0}}}});
  compared.seek(2);
  EXPECT_TRUE(is_state_string(moment_of(compared, compared.setup().config()).scene->name))
      << "runs beside it";

  iem::Run late = opened("two_blobs");
  late.apply({"model.temperature", 0.5});
  late.seek(1000);
  EXPECT_TRUE(is_state_string(moment_of(late, late.setup().config()).scene->name)) << "too long to watch";
}

TEST(MomentOfRun, SaysARunThatWasBegunAgainWithOtherSettings) {
  Scene scene = load_scene("two_blobs");
  scene.config.set("seeds.init", std::int64_t{5});
  scene.config.set("model.temperature", 0.5);
  iem::Run run(scene, kPool1);
  run.seek(6);
  (void)text_of(run);  // whichever it is, it is the same state
}

TEST(MomentOfRun, CarriesTheViewAndWhatOfTheWindowIsThere) {
  iem::Run run = opened("two_blobs");
  run.seek(1);
  Config view = run.setup().config();
  view.set("view.trails", !view.flag("view.trails"));
  view.set("view.x", Tensor{{2}, {-3, 3}});
  Arrangement reduced;
  reduced.shows_all = reduced.has_all_controls = false;
  using Kind = WindowElement::Kind;
  reduced.show = {{Kind::panel, "stage", {}}, {Kind::figure, "loss", {}}};
  reduced.controls = {{Kind::key, "model.temperature", {}},
                      {Kind::element, "", {ElementId::Kind::prototype, 0}},
                      {Kind::panel, "step", {}}};
  reduced.lock = true;
  EXPECT_EQ(moment_text(moment_of(run, view, reduced)),
            "scene = \"two_blobs\"\nstep = 1\nset = { \"view.trails\" = false }\n"
            "show = [\"stage\", \"loss\"]\ncontrols = [\"model.temperature\", \"prototype 1\", \"step\"]\n"
            "lock = true\n");
}

TEST(MomentOfRun, NamesASceneBesideTheLesson) {
  const test::Folder folder, other;
  std::ofstream(folder.at("own.toml")) << "format = 1\nlab = \"mixture\"\n[data]\nsource = \"blobs\"\n";
  iem::Run run = opened(folder.at("own.toml"));
  run.seek(2);
  const Config& view = run.setup().config();
  EXPECT_EQ(moment_of(run, view, {}, folder.at("lesson.md")).scene->name, "own.toml");
  EXPECT_TRUE(is_state_string(moment_of(run, view, {}, other.at("lesson.md")).scene->name))
      << "not beside it";
}

TEST(MomentOfRun, IsFoundInEveryLab) {
  for (const std::string& name : builtin_scenes()) {
    iem::Run run = opened(name);
    run.seek(1);
    EXPECT_EQ(moment_of_run(run, run.setup().config(), {}, "x.md", kPool1).scene->name, name);
  }
}

}  // namespace
}  // namespace iem
