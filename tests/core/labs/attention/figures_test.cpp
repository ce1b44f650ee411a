// Every figure of the attention lab on every scene, and what they must show.
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/number.h"
#include "core/figure/ticks.h"
#include "core/labs/attention/figures/list.h"
#include "core/labs/attention/model/attention.h"
#include "core/labs/attention/model/detail.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/comparison.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::pool;

struct Finite {
  bool operator()(const Heatmap& m) const {
    // A masked cell is none.
    return m.values.size() == static_cast<std::size_t>(m.rows) * static_cast<std::size_t>(m.columns) &&
           std::ranges::none_of(m.values, [](double v) { return std::isinf(v); });
  }
  bool operator()(const Scatter& m) const { return m.x.size() == m.y.size() && all(m.x) && all(m.y); }
  bool operator()(const Arrow& m) const { return all(std::vector<double>{m.x0, m.y0, m.x1, m.y1}); }
  bool operator()(const Marker& m) const { return std::isfinite(m.x) && std::isfinite(m.y); }
  bool operator()(const Gauge& m) const { return std::abs(m.value) <= 1; }
  bool operator()(const Line& m) const { return m.x.size() == m.y.size(); }
  bool operator()(const auto&) const { return true; }
  static bool all(Values values) {
    for (const double v : values)
      if (!std::isfinite(v)) return false;
    return true;
  }
};

class AttentionFigures : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(BuiltIn, AttentionFigures, ::testing::ValuesIn(testing::scenes_of("attention")),
                         [](const auto& p) { return p.param; });

TEST_P(AttentionFigures, BuildFromTheStartOnWithAndWithoutAPinnedQuery) {
  iem::Run run(testing::short_scene(GetParam()), pool());
  for (const std::int64_t step : {0, 4}) {
    run.seek(step);
    const auto snapshot = take_snapshot(run);
    Config view = snapshot->config();
    for (const std::int64_t pinned : {-1, 0, 3}) {
      view.set("view.pinned", pinned);
      for (const FigureType& type : lab_of(*snapshot->setup).figures()) {
        SCOPED_TRACE(type.id);
        const Figure figure =
            lab_of(*snapshot->setup).figure(type.id, *snapshot, {view, {}, {ElementId::Kind::key, 1}});
        EXPECT_EQ(figure.id, type.id);
        EXPECT_FALSE(figure.caption.empty());
        ASSERT_FALSE(figure.panels.empty());
        for (const Panel& panel : figure.panels) {
          EXPECT_LT(panel.x.lo, panel.x.hi);
          EXPECT_LT(panel.y.lo, panel.y.hi);
          ASSERT_FALSE(panel.marks.empty());
          for (const Mark& mark : panel.marks) EXPECT_TRUE(std::visit(Finite{}, mark)) << mark.index();
        }
      }
    }
  }
}

TEST_P(AttentionFigures, ThePageHasFiguresOfTheLab) {
  const Scene scene = load_scene(GetParam());
  const Lab* lab = find_lab("attention");
  const std::vector<std::string> plots = scene.config.list("view.plots");
  EXPECT_EQ(plots.size(), 4u);
  for (const std::string& id : plots)
    EXPECT_TRUE(std::ranges::any_of(lab->figures(), [&](const FigureType& type) { return type.id == id; }))
        << id;
}

TEST(AttentionMaps, AreTheRowsOfPlainFormulas) {
  for (const char* name : {"routing_toy", "next_symbol"}) {
    iem::Run run(load_scene(name), pool());
    run.seek(7);
    const auto& model = static_cast<const Attention&>(*run.setup().model);
    std::vector<Eigen::Index> all;
    for (Eigen::Index i = 0; i < model.queries(); ++i) all.push_back(i);
    const AttentionRows rows = model.rows(run.state().theta, 1, *run.setup().data, all);
    const auto detail = attention_detail(run);
    for (Eigen::Index i = 0; i < model.queries(); ++i)
      for (Eigen::Index j = 0; j < model.visible(i); ++j) {
        const auto at = static_cast<std::size_t>(i * model.keys() + j);
        EXPECT_NEAR(detail->attention.values()[at], rows.attention(i, j), 1e-14) << name;
        EXPECT_NEAR(detail->usefulness.values()[at], rows.usefulness(i, j), 1e-14) << name;
      }
  }
}

TEST(AttentionMaps, OfAChainHoldTheMeanPredictionAfterEachSymbol) {
  Scene scene = load_scene("sticky_markov_em_like");
  scene.config.set("data.length", std::int64_t{90});
  iem::Run run(scene, pool());
  run.seek(3);
  const auto& model = static_cast<const Attention&>(*run.setup().model);
  const Dataset& data = *run.setup().data;
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(8, 8);
  Eigen::VectorXd visits = Eigen::VectorXd::Zero(8);
  for (Eigen::Index i = 0; i < 90; ++i) {
    sum.row(data.chain->symbols[i]) += model.rows(run.state().theta, 1, data, {i}).predictions.row(0);
    visits[data.chain->symbols[i]] += 1;
  }
  for (int s = 0; s < 8; ++s)
    if (visits[s] > 0) sum.row(s) /= visits[s];
  EXPECT_TRUE(testing::close(attention_detail(run)->learned, sum, 1e-13));
}

// What a mask hides is no number.
TEST(AttentionMaps, LeaveMaskedCellsEmpty) {
  iem::Run run(load_scene("next_symbol"), pool());
  const auto snapshot = take_snapshot(run);
  for (const char* id : {"attention", "advantage"}) {
    const Figure figure = lab_of(*snapshot->setup).figure(id, *snapshot, {snapshot->config(), {}, {}});
    const auto is_map = [](const Mark& mark) { return std::holds_alternative<Heatmap>(mark); };
    const auto& map = std::get<Heatmap>(*std::ranges::find_if(figure.panels[0].marks, is_map));
    for (std::size_t i = 0; i < 8; ++i)
      for (std::size_t j = 0; j < 8; ++j)
        EXPECT_EQ(std::isfinite(map.values[8 * i + j]), j <= i) << id << " " << i << " " << j;
  }
}

// Of many queries, which have no name each, the axis has numbers, counted from the first row, at the top.
TEST(AttentionMaps, NumberQueriesFromTheTop) {
  for (const bool few : {true, false}) {
    const auto s = take_snapshot(iem::Run(load_scene(few ? "routing_toy" : "sticky_markov_sgd"), pool()));
    const Axis y = lab_of(*s->setup).figure("attention", *s, {s->config(), {}, {}}).panels[0].y;
    EXPECT_EQ(y.ticks, !few);
    if (few) continue;
    const std::vector<Tick> ticks = offset_ticks(y, 5);
    ASSERT_GT(ticks.size(), 2U);
    EXPECT_EQ(ticks.back().label, "0");
    EXPECT_EQ(ticks.back().value, y.hi);
    for (std::size_t i = 1; i < ticks.size(); ++i) {
      EXPECT_LT(ticks[i - 1].value, ticks[i].value) << "rising";
      EXPECT_EQ(format_fixed(y.hi - ticks[i].value, 0), ticks[i].label);
    }
  }
}

TEST(AttentionMaps, OfAChainAreNamedByTheFigureAndByWhatTheyShow) {
  iem::Run run(load_scene("sticky_markov_sgd"), pool());
  const auto snapshot = take_snapshot(run);
  const Figure figure =
      lab_of(*snapshot->setup).figure("transition", *snapshot, {snapshot->config(), {}, {}});
  ASSERT_EQ(figure.panels.size(), 2u);
  EXPECT_EQ(figure.panels[0].title, "Transition, true");
  EXPECT_EQ(figure.panels[1].title, "Transition, learned");
}

TEST(AttentionStage, BarsSayUsefulnessAndArrowsTheNextChangeOfTheScore) {
  iem::Run run(load_scene("routing_toy"), pool());
  run.seek(12);
  const auto snapshot = take_snapshot(run);
  const Lab& lab = lab_of(*snapshot->setup);
  const Figure figure = lab.figure("stage", *snapshot, {snapshot->config(), {}, {}});
  const std::vector<Phase> phases = lab.phases(*snapshot, 0);
  const auto values = [&](const std::string& id) {
    return std::ranges::find(phases, id, &Phase::id)->values;
  };
  const std::vector<double> useful = values("usefulness"), change = values("score_step");
  std::size_t j = 0;
  for (const Mark& mark : figure.panels[0].marks) {
    const auto* gauge = std::get_if<Gauge>(&mark);
    if (!gauge) continue;
    EXPECT_EQ(std::signbit(gauge->value), std::signbit(useful[j])) << j;
    EXPECT_EQ(gauge->direction, change[j] > 0 ? 1 : -1) << j;
    ++j;
  }
  EXPECT_EQ(j, 5u);
}

// Projected keys have theirs where the keys are on the stage; those of equal tokens say the same, once.
TEST(AttentionStage, HasBarsAndArrowsBesideProjectedKeysToo) {
  iem::Run run(load_scene("next_symbol"), pool());
  run.seek(60);
  const auto snapshot = take_snapshot(run);
  const Lab& lab = lab_of(*snapshot->setup);
  const Figure figure = lab.figure("stage", *snapshot, {snapshot->config(), {}, {}});
  const std::vector<Phase> phases = lab.phases(*snapshot, 7);
  const auto values = [&](const std::string& id) {
    return std::ranges::find(phases, id, &Phase::id)->values;
  };
  const std::vector<double> useful = values("usefulness"), change = values("score_step");
  double most = 0;
  for (const double v : useful) most = std::max(most, std::abs(v));
  std::vector<const Gauge*> gauges;
  for (const Mark& mark : figure.panels[0].marks)
    if (const auto* gauge = std::get_if<Gauge>(&mark)) gauges.push_back(gauge);
  ASSERT_EQ(gauges.size(), 3u);
  for (const Gauge* gauge : gauges) {
    const auto j = static_cast<std::size_t>(gauge->series.back() - '1');
    EXPECT_NEAR(gauge->value, useful[j] / most, 1e-12) << j;
    EXPECT_EQ(gauge->direction, change[j] > 0 ? 1 : -1) << j;
    for (const Gauge* other : gauges)
      EXPECT_TRUE(other == gauge || std::hypot(other->x - gauge->x, other->y - gauge->y) > 0.1) << j;
  }
}

// On a stage 600 pixels wide, as the figure reckons; a name is at least 16 wide and 10 high.
TEST(AttentionStage, NamesOfCrowdedKeysStandApart) {
  iem::Run run(load_scene("routing_roles"), pool());
  for (const std::int64_t step : {0, 20, 60, 300}) {
    run.seek(step);
    const auto snapshot = take_snapshot(run);
    const Figure figure = lab_of(*snapshot->setup).figure("stage", *snapshot, {snapshot->config(), {}, {}});
    const Panel& panel = figure.panels[0];
    const double pixel = std::max(panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo) / 600;
    std::vector<const Text*> names;
    for (const Mark& mark : panel.marks)
      if (const auto* text = std::get_if<Text>(&mark)) names.push_back(text);
    EXPECT_EQ(names.size(), 13u) << "twelve keys and the query";
    for (const Text* a : names)
      for (const Text* b : names) {
        const double dx = (a->x - b->x) / pixel + a->dx_px - b->dx_px;
        const double dy = (b->y - a->y) / pixel + a->dy_px - b->dy_px;
        EXPECT_TRUE(a == b || std::abs(dx) > 16 || std::abs(dy) > 10)
            << "step " << step << ": " << a->text << " and " << b->text;
      }
  }
}

// Where retrieval is shown, what a query reads is a place among the keys: one pass of the retrieval.
TEST(AttentionStage, DrawsOutputsOfARetrievalWhereTheNextPassBegins) {
  iem::Run run(load_scene("retrieval"), pool());
  const auto snapshot = take_snapshot(run);
  const Figure figure = lab_of(*snapshot->setup).figure("stage", *snapshot, {snapshot->config(), {}, {}});
  const Line* orbit = nullptr;
  const Arrow* output = nullptr;
  for (const Mark& mark : figure.panels[0].marks) {
    if (const auto* line = std::get_if<Line>(&mark); line && line->series == "orbit") orbit = line;
    if (const auto* arrow = std::get_if<Arrow>(&mark); arrow && arrow->series == "output 1") output = arrow;
    const auto* arrow = std::get_if<Arrow>(&mark);
    EXPECT_FALSE(arrow && arrow->series.starts_with("value"));
  }
  ASSERT_TRUE(orbit && output);
  EXPECT_NEAR(output->x0, orbit->x[0], 1e-12);
  EXPECT_NEAR(output->x1, orbit->x[1], 1e-12);
  EXPECT_NEAR(output->y1, orbit->y[1], 1e-12);
}

// A target at a key leaves the key to be seen.
TEST(AttentionStage, DrawsTargetsOfARetrievalAsOpenRings) {
  for (const bool retrieval : {true, false}) {
    iem::Run run(load_scene(retrieval ? "retrieval" : "routing_toy"), pool());
    const auto snapshot = take_snapshot(run);
    const Figure figure = lab_of(*snapshot->setup).figure("stage", *snapshot, {snapshot->config(), {}, {}});
    int targets = 0;
    for (const Mark& mark : figure.panels[0].marks)
      if (const auto* marker = std::get_if<Marker>(&mark); marker && marker->series == "target") {
        ++targets;
        EXPECT_EQ(marker->clear, retrieval);
      }
    EXPECT_GE(targets, 3);
  }
}

// A cell of a map says which query and which key are meant on the stage too.
TEST(AttentionStage, RingsTheKeyOfAHoveredCellWhereverItIsDrawn) {
  for (const char* scene : {"routing_toy", "next_symbol"}) {
    iem::Run run(load_scene(scene), pool());
    const auto snapshot = take_snapshot(run);
    const auto& model = static_cast<const Attention&>(*run.setup().model);
    const int query = 3, key = 1;
    View view{snapshot->config(), {}, {}};
    view.hovered = {ElementId::Kind::score, query * static_cast<int>(model.keys()) + key};
    EXPECT_EQ(shown_query(*snapshot, view), query);
    for (const char* id : {"stage", "attention", "advantage"}) {
      const Figure figure = lab_of(*snapshot->setup).figure(id, *snapshot, view);
      bool rung = false, framed = false;
      for (const Mark& mark : figure.panels[0].marks) {
        const auto* marker = std::get_if<Marker>(&mark);
        const auto* line = std::get_if<Line>(&mark);
        rung = rung || (marker && marker->series == "hovered");
        framed = framed || (line && line->series == "key");
      }
      EXPECT_TRUE(id == std::string("stage") ? rung : framed) << scene << " " << id;
    }
  }
}

// Another run's values stand hollow where it has them at the same step.
TEST(AttentionStage, ShowsTheValuesOfOtherRuns) {
  iem::Run first(load_scene("routing_toy"), pool());
  Comparison runs(first);
  runs.add({.name = "slow", .settings = {{"optimizer.learning_rate", 1e-3, 0}}});
  runs.seek(3);
  auto s = take_snapshot(runs.first());
  s->lanes = runs.compared();
  const Config view = s->config();
  const Figure figure = lab_of(*s->setup).figure("stage", *s, {view, {}, {}});
  const auto& model = static_cast<const Attention&>(*s->lanes[0].setup->model);
  const AttentionVectors there = model.vectors(s->lanes[0].state.theta, s->data());
  int tips = 0;
  for (const Mark& mark : figure.panels[0].marks)
    if (const auto* tip = std::get_if<Marker>(&mark); tip && tip->series == "slow tip") {
      EXPECT_TRUE(tip->hollow);
      EXPECT_NEAR(tip->x, there.keys(tips, 0) + there.values(tips, 0), 1e-12);
      EXPECT_NEAR(tip->y, there.keys(tips, 1) + there.values(tips, 1), 1e-12);
      ++tips;
    }
  EXPECT_EQ(tips, static_cast<int>(model.keys()));
  EXPECT_NE(figure.caption.find("slow"), std::string::npos);
}

}  // namespace
}  // namespace iem
