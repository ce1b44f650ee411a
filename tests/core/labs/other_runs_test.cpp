// Other runs on the stage of lines and of linear classes: where their parameters say, in the dashes of their
// curves, and never where these are no places.
#include "core/labs/kit/other_runs.h"

#include <algorithm>

#include "core/labs/classifier/figures/list.h"
#include "core/labs/layer/model/layer.h"
#include "core/labs/neighbours/toys/list.h"
#include "core/run/comparison.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

struct Beside {
  std::shared_ptr<Snapshot> snapshot;
  Figure figure;
  const ComparedRun& other() const { return snapshot->lanes.at(0); }
};

Beside stage_beside(const std::string& scene, const std::vector<Edit>& edits, std::int64_t step) {
  Comparison runs(iem::Run(load_scene(scene), pool()));
  runs.add({.name = "other", .settings = edits});
  runs.seek(step);
  Beside out;
  out.snapshot = take_snapshot(runs.first());
  out.snapshot->lanes = runs.compared();
  Config view = out.snapshot->config();
  view.set("view.runs", std::string("overlay"));
  out.figure = lab_of(*out.snapshot->setup).figure("stage", *out.snapshot, {view, {}, {}});
  return out;
}

template <class M>
std::vector<const M*> of_series(const Figure& figure, const std::string& begin) {
  std::vector<const M*> out;
  for (const Mark& mark : figure.panels.at(0).marks)
    if (const auto* one = std::get_if<M>(&mark); one != nullptr && one->series.starts_with(begin))
      out.push_back(one);
  return out;
}

TEST(OtherRuns, OfALayerAreLinesOnTheirUnits) {
  const Beside beside = stage_beside("lines_part", {{"optimizer.learning_rate", 0.002, 0}}, 40);
  const auto& model = static_cast<const Layer&>(*beside.other().setup->model);
  const auto lines = of_series<Line>(beside.figure, "way of other line");
  ASSERT_EQ(static_cast<Eigen::Index>(lines.size()), model.units());
  for (Eigen::Index j = 0; j < model.units(); ++j) {
    const Line& line = *lines[static_cast<std::size_t>(j)];
    EXPECT_EQ(line.dash, series_dash(beside.other().mark));
    const Eigen::RowVectorXd w = model.weights(beside.other().state.theta).row(j);
    for (std::size_t end = 0; end < 2; ++end) {
      const double z = w[0] * line.x[end] + w[1] * line.y[end] + model.offsets(beside.other().state.theta)[j];
      EXPECT_NEAR(z, 0, 1e-9 * (1 + w.norm() * (std::abs(line.x[end]) + std::abs(line.y[end]))));
    }
  }
  EXPECT_NE(beside.figure.caption.find("other"), std::string::npos);
}

TEST(OtherRuns, OfLinearClassesAreKnobs) {
  const Beside beside = stage_beside("bohning", {{"optimizer.method", std::string("gd"), 0}}, 12);
  ASSERT_TRUE(classifier_of(*beside.snapshot).is_linear());
  const int classes = classifier_of(*beside.snapshot).classes();
  const auto ghosts = of_series<Marker>(beside.figure, "other ");
  const auto stalks = of_series<Line>(beside.figure, "way of other ");
  ASSERT_EQ(static_cast<int>(ghosts.size()), classes);
  ASSERT_EQ(stalks.size(), ghosts.size());
  for (int j = 0; j < classes; ++j) {
    const auto [x, y] = place_of_class(*beside.snapshot, beside.other().state.theta, j);
    EXPECT_DOUBLE_EQ(ghosts[static_cast<std::size_t>(j)]->x, x);
    EXPECT_DOUBLE_EQ(stalks[static_cast<std::size_t>(j)]->y[1], y);
    EXPECT_TRUE(ghosts[static_cast<std::size_t>(j)]->hollow);
  }
}

// Weights are no places: a linear run beside prototypes is drawn by its knobs, not by its trail, and the
// other way round.
TEST(OtherRuns, OfOneKindBesideAnotherAreDrawnAsWhatTheyAre) {
  const Beside linear = stage_beside("labels_clamp", {{"model.energy", std::string("linear"), 0}}, 5);
  const auto stalks = of_series<Line>(linear.figure, "way of other");
  ASSERT_EQ(stalks.size(), 3u);
  for (const Line* stalk : stalks) {
    EXPECT_EQ(stalk->x.size(), 2u);
    EXPECT_EQ(stalk->x[0], knob_frame(*linear.snapshot).x);
  }
  const Beside gaussian = stage_beside(
      "bohning", {{"optimizer.method", std::string("gd"), 0}, {"model.energy", std::string("gaussian"), 0}},
      5);
  const auto ways = of_series<Line>(gaussian.figure, "way of other");
  ASSERT_EQ(ways.size(), 3u);
  for (const Line* way : ways) EXPECT_EQ(way->x.size(), 6u) << "a place a step";
  EXPECT_GE(of_series<Marker>(gaussian.figure, "other ").size(), 2u);
}

// Marks in the hue of a run among others.
int marks_of_runs(const Figure& figure) {
  const auto in_hue = [](const auto& mark) {
    if constexpr (requires { mark.ink.role; }) return mark.ink.role == Role::lane;
    return false;
  };
  return static_cast<int>(std::ranges::count_if(figure.panels.at(0).marks,
                                                [&](const Mark& mark) { return std::visit(in_hue, mark); }));
}

// Side by side every run has a stage of its own: that of the first is what it would be alone.
TEST(OtherRuns, AreNotOnTheStageOfAToyThatStandsBesideTheirs) {
  int together = 0;
  for (const ToyType& toy : toys()) {
    Comparison runs(iem::Run(
        parse_scene("format = 1\nlab = \"neighbours\"\nmodel.toy = \"" + toy.id + "\"\n", "s.toml"), pool()));
    runs.add({.name = "other", .settings = {{"optimizer.learning_rate", 0.01, 0}}});
    runs.seek(5);
    const std::shared_ptr<Snapshot> s = take_snapshot(runs.first());
    const auto stage = [&](const char* way) {
      Config view = s->config();
      view.set("view.runs", std::string(way));
      return lab_of(*s->setup).figure("stage", *s, {view, {}, {}});
    };
    const Figure alone = stage("overlay");
    EXPECT_EQ(marks_of_runs(alone), 0) << toy.id;
    s->lanes = runs.compared();
    const Figure beside = stage("multiples");
    EXPECT_EQ(marks_of_runs(beside), 0) << toy.id;
    EXPECT_EQ(beside.panels.at(0).marks.size(), alone.panels.at(0).marks.size()) << toy.id;
    EXPECT_EQ(beside.caption, alone.caption) << toy.id;
    together += marks_of_runs(stage("overlay")) > 0 ? 1 : 0;
  }
  EXPECT_GE(together, 7);
}

// The words of the terms are of one run, and stand where the names of the runs do.
TEST(OtherRuns, LeaveOutTheWordsOfTheTerms) {
  Beside beside = stage_beside("lines_part", {{"optimizer.learning_rate", 0.002, 0}}, 3);
  const auto words = [&] {
    const Snapshot& s = *beside.snapshot;
    const Figure figure = lab_of(*s.setup).figure("loss", s, {s.config(), {}, {}});
    return std::ranges::count_if(figure.panels.at(0).marks,
                                 [](const Mark& mark) { return std::holds_alternative<Text>(mark); });
  };
  EXPECT_EQ(words(), 0);
  beside.snapshot->lanes.clear();
  EXPECT_GT(words(), 1);
}

// A plot beside a strip with two runs must not say that there is one.
TEST(OtherRuns, ThatDoNotCountAreSaidNotToCount) {
  Beside beside = stage_beside("three_blobs", {{"optimizer.method", std::string("em"), 0}}, 3);
  const auto sentence = [&](const char* id) {
    const Snapshot& s = *beside.snapshot;
    return lab_of(*s.setup).figure(id, s, {s.config(), {}, {}}).sentence;
  };
  for (const char* id : {"excess", "runs"}) {
    beside.snapshot->lanes.at(0).kept = false;
    EXPECT_EQ(sentence(id), "") << id;
    beside.snapshot->lanes.at(0).kept = true;
    EXPECT_NE(sentence(id).find("left behind"), std::string::npos) << sentence(id);
    EXPECT_EQ(sentence(id).find("There is one run"), std::string::npos) << sentence(id);
  }
  beside.snapshot->lanes.clear();
  EXPECT_NE(sentence("runs").find("There is one run"), std::string::npos);
}

}  // namespace
}  // namespace iem::testing
