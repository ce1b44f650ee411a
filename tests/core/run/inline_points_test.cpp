// Painted points are edits like others: legal one by one, kept by sessions, and taken as they are seen.
#include "core/run/inline_points.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include "core/run/engine.h"
#include "core/session/session.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;

Dataset triangle(bool labels) {
  Dataset data;
  data.points.resize(4, 2);
  data.points << 0, 0.1, 1, 0, 0, 1, 0.25, 0.5;
  if (labels) data.labels = Eigen::Vector4i(0, 1, 2, -1);
  return data;
}

TEST(OwnPoints, EveryEditIsLegalByItselfAndTogetherTheyAreThePoints) {
  iem::Run run(mixture_scene("[data]\nsource = \"blobs\"\nstandardise = true\n"), pool());
  for (const bool labels : {true, false, true}) {
    const Dataset data = triangle(labels);
    for (const Edit& edit : inline_points(data, run.setup().config()))
      ASSERT_NO_THROW(run.apply(edit)) << edit.key;
    EXPECT_EQ(run.setup().data->points, data.points);
    EXPECT_EQ(run.setup().data->labels, data.labels);
    EXPECT_FALSE(run.setup().data->standardised);
  }
}

TEST(OwnPoints, ASessionBringsThemBack) {
  iem::Run run(mixture_scene("[model]\ncomponents = 2\n"), pool());
  run.seek(3);
  for (const Edit& edit : inline_points(triangle(true), run.setup().config())) run.apply(edit);
  run.seek(5);
  const LoadedSession loaded = load_session(save_session(run, run.setup().config()), "a.iemlab", pool());
  EXPECT_EQ(loaded.parted, "");
  EXPECT_EQ(loaded.run.state().hash(), run.state().hash());
  EXPECT_EQ(loaded.run.setup().data->points, run.setup().data->points);
}

// What the classes of a file were called is not lost once its points are painted over.
TEST(OwnPoints, KeepTheNamesOfTheClasses) {
  iem::Run run(mixture_scene(""), pool());
  const std::vector<std::string> names = {"setosa", "versi, \"color\"", "Zo\xC3\xAB"};
  Dataset painted = triangle(true);
  painted.label_names = names;
  for (const Edit& edit : inline_points(painted, run.setup().config())) run.apply(edit);
  EXPECT_EQ(run.setup().config().text("data.source"), "inline");
  EXPECT_EQ(run.setup().data->label_names, names);
  const LoadedSession loaded = load_session(save_session(run, run.setup().config()), "a.iemlab", pool());
  EXPECT_EQ(loaded.parted, "");
  EXPECT_EQ(loaded.run.setup().data->label_names, names);
  EXPECT_EQ(parse_scene(write_scene(loaded.run.setup().scene), "s.toml").config.list("data.label_names"),
            names);
  // Points that come with names of their own, or with none, replace them.
  for (const Edit& edit : inline_points(triangle(true), run.setup().config())) run.apply(edit);
  EXPECT_TRUE(run.setup().data->label_names.empty());
}

TEST(OwnPoints, HaveAxesWithNamesAndUnits) {
  const std::string points = "[data]\npoints = [[0, 1], [2, 3], [4, 9]]\n";
  iem::Run run(mixture_scene(points + "standardise = true\naxis_names = [\"bill_mm\", \"mass (g)\"]\n"),
               pool());
  EXPECT_EQ(run.setup().data->names, (std::vector<std::string>{"bill", "mass"}));
  EXPECT_EQ(run.setup().data->units, (std::vector<std::string>{"mm", "g"}));
  const LoadedSession loaded = load_session(save_session(run, run.setup().config()), "a.iemlab", pool());
  EXPECT_EQ(loaded.run.setup().data->names, run.setup().data->names);
  // Painted over as they are seen, standardised, they are no longer millimetres.
  for (const Edit& edit : inline_points(*run.setup().data, run.setup().config()))
    ASSERT_NO_THROW(run.apply(edit)) << edit.key;
  EXPECT_TRUE(run.setup().data->names.empty());
  EXPECT_NE(error_of([&] {
              iem::Run(mixture_scene(points + "axis_names = [\"a\"]\n"), pool());
            }).find("data.axis_names = [\"a\"]: has 1 name for 2 coordinates"),
            std::string::npos);
}

// A stroke over the points of a file leaves what the axes are called, and is no other data by that.
TEST(OwnPoints, KeepTheNamesOfTheAxesOfAFile) {
  iem::Run run(mixture_scene("[data]\nsource = \"csv\"\npath = \"builtin:old_faithful.csv\"\n"), pool());
  const std::vector<std::string> names = run.setup().data->names, units = run.setup().data->units;
  const std::uint64_t hash = run.setup().data->hash;
  ASSERT_EQ(names, (std::vector<std::string>{"eruption", "waiting"}));
  for (const Edit& edit : inline_points(*run.setup().data, run.setup().config()))
    ASSERT_NO_THROW(run.apply(edit)) << edit.key;
  EXPECT_EQ(run.setup().config().text("data.source"), "inline");
  EXPECT_EQ(run.setup().data->names, names);
  EXPECT_EQ(run.setup().data->units, units);
  EXPECT_EQ(run.setup().data->hash, hash);
  // Names are given once, and units that are no suffix in brackets.
  for (const Edit& edit : inline_points(*run.setup().data, run.setup().config()))
    EXPECT_NE(edit.key, "data.axis_names");
  Dataset named = triangle(false);
  named.names = {"bill", "body mass"}, named.units = {"mm", "stone"};
  for (const Edit& edit : inline_points(named, run.setup().config())) run.apply(edit);
  EXPECT_EQ(run.setup().data->names, named.names);
  EXPECT_EQ(run.setup().data->units, named.units);
}

TEST(OwnPoints, AnotherDataSeedDrawsOthersUnderTheSamePrototypes) {
  iem::Run run(mixture_scene(""), pool());
  run.seek(4);
  const Theta before = run.state().theta;
  const auto points = run.setup().data->points;
  run.apply({"seeds.data", std::int64_t{5}});
  EXPECT_EQ(run.state().theta, before);
  EXPECT_EQ(run.state().step, 4);
  EXPECT_NE(run.setup().data->points, points);
}

// A stroke of a brush: several lists of edits with one gesture.
TEST(OwnPoints, AStrokeIsOneUndoStepAndLeavesOneListInTheLog) {
  Engine engine(iem::Run(mixture_scene(""), pool()));
  engine.step(2);
  engine.wait_until_idle();
  const auto before = engine.snapshot();
  for (int dab = 0; dab < 3; ++dab) {
    Dataset data = triangle(false);
    data.points.col(0).array() += dab;
    engine.apply(inline_points(data, before->config()), 7);
  }
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->data().points(0, 0), 2);
  EXPECT_EQ(engine.snapshot()->edits.size(), 2U) << "points and source, of the last dab only";
  engine.undo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->data().hash, before->data().hash);
  EXPECT_EQ(engine.snapshot()->state.hash(), before->state.hash());
  EXPECT_FALSE(engine.snapshot()->can_undo);
  engine.redo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->data().points(0, 0), 2);
}

TEST(OwnPoints, AHandThatDoesNotFitChangesNothing) {
  Engine engine(iem::Run(mixture_scene("[model]\ncomponents = 3\n"), pool()));
  const auto before = engine.snapshot();
  Dataset two;
  two.points = Eigen::MatrixXd::Identity(2, 2);
  engine.apply(inline_points(two, before->config()));
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->data().hash, before->data().hash);
  EXPECT_FALSE(engine.snapshot()->can_undo);
  ASSERT_EQ(engine.take_notices().size(), 1U);
}

TEST(OwnPoints, ANewRunOnOtherPointsCanBeTakenBack) {
  Engine engine(iem::Run(mixture_scene("[model]\ncomponents = 2\n"), pool()));
  engine.step(6);
  engine.wait_until_idle();
  const auto before = engine.snapshot();
  Scene scene = before->setup->scene;
  for (const Edit& edit : inline_points(triangle(false), before->config()))
    scene.config.set(edit.key, edit.value);
  engine.open(iem::Run(std::move(scene), pool()));
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.step, 0);
  EXPECT_EQ(engine.snapshot()->data().size(), 4);
  EXPECT_TRUE(engine.snapshot()->edits.empty());
  engine.undo();
  engine.wait_until_idle();
  EXPECT_EQ(engine.snapshot()->state.hash(), before->state.hash());
}

}  // namespace
}  // namespace iem
