// Every figure of the mixture on each of its built-in scenes: it builds, its spans fit and its numbers are
// finite.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "core/atlas/atlas.h"
#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/support/small_atlas.h"

namespace iem {
namespace {

bool all_finite(Values values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

// What must hold for a mark of each kind; NaN is allowed in lines only.
struct Sane {
  std::string where;
  int components;

  void operator()(const Line& m) const {
    ASSERT_EQ(m.x.size(), m.y.size()) << where << m.series;
    for (std::size_t i = 0; i < m.x.size(); ++i) {
      ASSERT_FALSE(std::isinf(m.x[i]) || std::isinf(m.y[i])) << where << m.series;
    }
    EXPECT_FALSE(m.series.empty()) << where;
  }
  void operator()(const Scatter& m) const {
    ASSERT_EQ(m.x.size(), m.y.size()) << where << m.series;
    EXPECT_TRUE(all_finite(m.x) && all_finite(m.y)) << where << m.series;
    if (m.weights.empty()) return;
    ASSERT_EQ(m.weights.size(), m.x.size() * static_cast<std::size_t>(m.components)) << where << m.series;
    EXPECT_TRUE(all_finite(m.weights)) << where;
    EXPECT_EQ(m.components, components) << where;
  }
  void operator()(const Bars& m) const {
    ASSERT_EQ(m.x.size(), m.y.size()) << where << m.series;
    EXPECT_TRUE(all_finite(m.x) && all_finite(m.y)) << where << m.series;
    EXPECT_TRUE(m.ink.size() == 1 || m.ink.size() == m.x.size()) << where << m.series;
  }
  void operator()(const Band& m) const {
    ASSERT_EQ(m.x.size(), m.lower.size()) << where << m.series;
    ASSERT_EQ(m.x.size(), m.upper.size()) << where << m.series;
    EXPECT_TRUE(all_finite(m.x) && all_finite(m.lower) && all_finite(m.upper)) << where << m.series;
  }
  void operator()(const Ellipse& m) const {
    EXPECT_TRUE(std::isfinite(m.x) && std::isfinite(m.y)) << where << m.series;
    EXPECT_GT(m.xx, 0) << where << m.series;
    EXPECT_GT(m.xx * m.yy - m.xy * m.xy, 0) << where << m.series;
  }
  void operator()(const Arrow& m) const {
    EXPECT_TRUE(std::isfinite(m.x0) && std::isfinite(m.y0) && std::isfinite(m.x1) && std::isfinite(m.y1))
        << where << m.series;
  }
  void operator()(const Marker& m) const {
    EXPECT_TRUE(std::isfinite(m.x) && std::isfinite(m.y)) << where << m.series;
  }
  void operator()(const RingMark& m) const {
    double sum = 0;
    for (double w : m.weights) sum += w;
    EXPECT_NEAR(sum, 1, 1e-12) << where;
    EXPECT_EQ(m.weights.size(), static_cast<std::size_t>(components)) << where;
  }
  void operator()(const Gauge& m) const { EXPECT_LE(std::abs(m.value), 1) << where; }
  void operator()(const Legend& m) const { EXPECT_FALSE(m.entries.empty()) << where; }
  void operator()(const Heatmap& m) const {
    EXPECT_EQ(m.values.size(), static_cast<std::size_t>(m.rows * m.columns)) << where;
    // A cell may be empty (not a number), but never infinite.
    EXPECT_TRUE(std::ranges::none_of(m.values, [](double v) { return std::isinf(v); })) << where;
  }
  void operator()(const SurfaceMark& m) const { EXPECT_TRUE(m.input); }
  void operator()(const FieldMark& m) const {
    ASSERT_NE(m.input, nullptr) << where;
    EXPECT_EQ(m.input->components.size(), static_cast<std::size_t>(components)) << where;
    std::vector<double> r(m.input->components.size());
    EXPECT_TRUE(std::isfinite(field_responsibilities(*m.input, 0.1, 0.2, r.data()))) << where;
  }
  void operator()(const Text& m) const {
    EXPECT_TRUE(std::isfinite(m.x) && std::isfinite(m.y)) << where;
    EXPECT_FALSE(m.text.empty()) << where;
  }
};

void expect_sane(const Figure& figure, const std::string& where, int components) {
  EXPECT_FALSE(figure.title.empty()) << where;
  EXPECT_NE(figure.caption.find("step"), std::string::npos) << where << figure.caption;
  EXPECT_NE(figure.caption.find("seed"), std::string::npos) << where << figure.caption;
  ASSERT_FALSE(figure.panels.empty()) << where;
  for (const Panel& panel : figure.panels) {
    for (const Axis* axis : {&panel.x, &panel.y}) {
      EXPECT_TRUE(std::isfinite(axis->lo) && std::isfinite(axis->hi)) << where;
      EXPECT_LT(axis->lo, axis->hi) << where;
    }
    EXPECT_FALSE(panel.marks.empty()) << where;
    for (const Mark& mark : panel.marks) std::visit(Sane{where + " ", components}, mark);
  }
}

void expect_all_figures(const Snapshot& snapshot, const View& view, const std::string& where) {
  const Lab& lab = lab_of(*snapshot.setup);
  const auto components = static_cast<int>(snapshot.config().integer("model.components"));
  for (const FigureType& type : lab.figures()) {
    const Figure figure = lab.figure(type.id, snapshot, view);
    EXPECT_EQ(figure.id, type.id);
    expect_sane(figure, where + ", " + type.id, components);
  }
}

class SceneFigures : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(BuiltIn, SceneFigures, ::testing::ValuesIn(testing::scenes_of("mixture")),
                         [](const auto& p) { return p.param; });

TEST_P(SceneFigures, BuildAtTheStartLaterAndInThePast) {
  iem::Run run(load_scene(GetParam()), testing::pool());
  for (std::int64_t step : {0, 1, 70, 30}) {
    run.seek(step);
    const auto snapshot = take_snapshot(run);
    const Config seen = test::with_small_atlas(snapshot->config());
    const View view{seen, {ElementId::Kind::prototype, 0}, {ElementId::Kind::prototype, 1}};
    expect_all_figures(*snapshot, view, GetParam() + " at " + std::to_string(step));
  }
}

TEST(Figures, BuildForEveryFieldWithEveryEnergyAndWithoutRows) {
  for (const EnergyType& energy : energies()) {
    iem::Run run(testing::mixture_scene("[model]\nenergy = \"" + energy.id + "\"\ncovariance = \"" +
                                        testing::any_covariance(energy) + "\"\n"),
                 testing::pool());
    run.seek(5);
    run.apply({"model.components", std::int64_t{5}});
    run.seek(9);
    const auto snapshot = take_snapshot(run), lean = take_snapshot(run, 10);
    EXPECT_EQ(lean->evaluation.responsibilities.size(), 0);
    Config view = test::with_small_atlas(snapshot->config());
    view.set("view.boundaries", true);
    view.set("view.pinned", std::int64_t{17});
    const auto shelf = std::make_shared<AtlasShelf>();  // the map is the same whatever field is shown
    view.set("view.probe", Tensor{{2, 2}, {-1, -1, 2, 1}});
    for (const std::string& field : view.table().find("view.field")->choices) {
      view.set("view.field", field);
      View seen{view, {}, {}};
      seen.atlases = shelf;
      expect_all_figures(*snapshot, seen, energy.id + " " + field);
      expect_all_figures(*lean, seen, energy.id + " " + field + " without rows");
    }
  }
}

// As the window asks for it first: without the thousands of starts of the first level.
TEST(Figures, TheCoarsestAtlasHasFewPlaces) {
  iem::Run run(testing::mixture_scene("[optimizer]\nmethod = \"em\"\n"), testing::pool());
  const auto snapshot = take_snapshot(run);
  Config config = snapshot->config();
  config.set("view.atlas_size", std::int64_t{128});
  config.set("view.atlas_steps", std::int64_t{20});
  View view{config, {}, {}};
  view.atlases = std::make_shared<AtlasShelf>();
  view.coarser = 6;
  const Figure figure = lab_of(*snapshot->setup).figure("atlas", *snapshot, view);
  EXPECT_EQ(figure.sentence, "");
  EXPECT_NE(figure.caption.find("16 by 16 places"), std::string::npos) << figure.caption;
  EXPECT_EQ(view.atlases->last(), nullptr) << "the first level was made";
}

TEST(Figures, OfOnePointAndOnePrototypeBuild) {
  iem::Run run(
      testing::mixture_scene("[data]\nsource = \"inline\"\npoints = [[1.0, 2.0]]\n[model]\ncomponents = 1\n"),
      testing::pool());
  const auto snapshot = take_snapshot(run);
  expect_all_figures(*snapshot, {snapshot->config(), {}, {}}, "one point");
}

TEST(Figures, StayValidWhenTheRunIsGone) {
  Figure figure;
  std::shared_ptr<const Snapshot> snapshot;
  {
    iem::Run run(load_scene("three_blobs"), testing::pool());
    run.seek(10);
    snapshot = take_snapshot(run);
    figure = lab_of(*snapshot->setup).figure("loss", *snapshot, {snapshot->config(), {}, {}});
  }
  snapshot.reset();
  expect_sane(figure, "loss", 3);
}

TEST(Figures, LossShowsTheHistoryAndWhereWeAre) {
  iem::Run run(load_scene("three_blobs"), testing::pool());
  run.seek(12);
  run.seek(5);
  const auto snapshot = take_snapshot(run);
  const Figure figure = lab_of(*snapshot->setup).figure("loss", *snapshot, {snapshot->config(), {}, {}});
  bool past = false, now = false;
  for (const Mark& mark : figure.panels[0].marks) {
    if (const auto* line = std::get_if<Line>(&mark); line && line->series == "loss") {
      past = true;
      ASSERT_EQ(line->y.size(), 6u);
      for (std::size_t i = 0; i < 6; ++i)
        EXPECT_EQ(line->y[i], run.history().row(static_cast<std::int64_t>(i))[0]);
    }
    if (const auto* marker = std::get_if<Marker>(&mark); marker && marker->series == "now") {
      now = true;
      EXPECT_EQ(marker->x, 5);
      EXPECT_EQ(marker->y, run.evaluation().loss);
    }
  }
  EXPECT_TRUE(past && now);
}

TEST(Figures, StageShowsThePointsAndTheirSharesAsTheyAre) {
  iem::Run run(load_scene("penguins"), testing::pool());
  run.seek(3);
  const auto snapshot = take_snapshot(run);
  const Figure figure = lab_of(*snapshot->setup).figure("stage", *snapshot, {snapshot->config(), {}, {}});
  bool found = false;
  for (const Mark& mark : figure.panels[0].marks) {
    const auto* points = std::get_if<Scatter>(&mark);
    if (!points || points->series != "points") continue;
    found = true;
    EXPECT_EQ(points->x.data(), snapshot->data().points.col(0).data()) << "spans, not copies";
    for (std::size_t i = 0; i < points->x.size(); ++i)
      EXPECT_EQ(points->weights[2 * points->x.size() + i],
                snapshot->evaluation.responsibilities(static_cast<Eigen::Index>(i), 2));
  }
  EXPECT_TRUE(found);
}

TEST(Figures, ActivationRunsBetweenTheMeansAlongTheProbe) {
  iem::Run run(load_scene("penguins"), testing::pool());
  run.seek(60);
  const auto snapshot = take_snapshot(run);
  const Figure figure =
      lab_of(*snapshot->setup).figure("activation", *snapshot, {snapshot->config(), {}, {}});
  const auto& model = static_cast<const Mixture&>(snapshot->model());
  const Tensor& probe = snapshot->config().tensor("view.probe");
  const double nx = probe.data[2] - probe.data[0], ny = probe.data[3] - probe.data[1],
               length = std::hypot(nx, ny);
  double lo = 1e9, hi = -1e9;
  for (const MixtureComponent& c : model.unpack(snapshot->state.theta)) {
    const double along = (c.mu_x * nx + c.mu_y * ny) / length;
    lo = std::min(lo, along);
    hi = std::max(hi, along);
  }
  std::size_t values = 0;
  for (const Mark& mark : figure.panels[0].marks)
    if (const auto* line = std::get_if<Line>(&mark); line && line->series == "activation")
      for (double value : line->y) {
        ++values;
        EXPECT_GE(value, lo - 1e-12);
        EXPECT_LE(value, hi + 1e-12);
      }
  EXPECT_GT(values, 100u) << "the curve is there";
}

// --- the lab's other readings of a snapshot ---

// The two arrows often end near each other: the name of the upper one stands above it, of the lower one
// below.
TEST(Figures, NamesOfTheTwoArrowsStandAtTheirOwn) {
  iem::Run run(load_scene("penguins"), testing::pool());
  for (const std::int64_t step : {0, 20})
    for (int j = 0; j < 3; ++j) {
      run.seek(step);
      const auto s = take_snapshot(run);
      const View view{s->config(), {ElementId::Kind::prototype, j}, {}};
      const Figure figure = lab_of(*s->setup).figure("preconditioner", *s, view);
      const std::string mu = "\\mu_{" + std::to_string(j + 1) + "}";
      const Text *gradient = nullptr, *em = nullptr;
      for (const Mark& mark : figure.panels[0].marks)
        if (const auto* text = std::get_if<Text>(&mark)) {
          if (text->text == "-\\partial J/\\partial" + mu) gradient = text;
          if (text->text == mu + "^{\\mathrm{EM}}-" + mu) em = text;
        }
      ASSERT_TRUE(gradient && em) << "with the prototype's number";
      const bool em_is_higher = em->y >= gradient->y;
      EXPECT_LT((em_is_higher ? em : gradient)->dy_px, 0) << j;
      EXPECT_GT((em_is_higher ? gradient : em)->dy_px, 0) << j;
    }
}

TEST(MixtureLab, DumpsHaveOneRowAPointInDataOrder) {
  iem::Run run(load_scene("iris"), testing::pool());
  run.seek(3);
  const auto snapshot = take_snapshot(run);
  const Lab& lab = lab_of(*snapshot->setup);
  for (const std::string& id : lab.dumps()) {
    const Dump dump = lab.dump(id, *snapshot);
    EXPECT_EQ(dump.rows().rows(), 150) << id;
    EXPECT_EQ(dump.rows().cols(), static_cast<Eigen::Index>(dump.columns.size())) << id;
    EXPECT_TRUE(dump.rows().allFinite()) << id;
  }
  EXPECT_TRUE(testing::same_bits(lab.dump("responsibilities", *snapshot).rows(),
                                 snapshot->evaluation.responsibilities));
  EXPECT_TRUE(testing::close(lab.dump("gradient", *snapshot).rows() * 150,
                             snapshot->evaluation.responsibilities, 1e-15));
}

TEST(MixtureLab, TheAxisOfMirroredBarsHasTheSignOfTheirTitle) {
  iem::Run run(testing::mixture_scene(""), testing::pool());
  const auto s = take_snapshot(run);
  const Figure figure = lab_of(*s->setup).figure("responsibilities", *s, {s->config(), {}, {}});
  EXPECT_EQ(figure.panels.at(0).x.label, "\u2202L/\u2202d to the left, r to the right");
}

TEST(MixtureLab, PhasesAndNumberLineAreViewsOfTheEvaluation) {
  for (const EnergyType& energy : energies()) {
    iem::Run run(testing::mixture_scene("[model]\nenergy = \"" + energy.id + "\"\ncovariance = \"" +
                                        testing::any_covariance(energy) + "\"\ntemperature = 1.4\n"),
                 testing::pool());
    run.seek(4);
    const auto snapshot = take_snapshot(run);
    const Lab& lab = lab_of(*snapshot->setup);
    const auto phases = lab.phases(*snapshot, 11);
    std::size_t compared = 0;
    for (const Phase& phase : phases) {
      EXPECT_FALSE(phase.symbol.empty());
      for (std::size_t j = 0; j < phase.values.size(); ++j) {
        const auto column = static_cast<Eigen::Index>(j);
        compared += phase.id == "distances" || phase.id == "responsibilities" ? 1 : 0;
        if (phase.id == "distances") {
          EXPECT_NEAR(phase.values[j], snapshot->evaluation.energies(11, column), 1e-12);
        }
        if (phase.id == "responsibilities") {
          EXPECT_NEAR(phase.values[j], snapshot->evaluation.responsibilities(11, column), 1e-13);
        }
      }
    }
    EXPECT_EQ(compared, 6u) << "two phases of three components";
    for (int j = 0; j < 3; ++j) {
      const NumberLine line = lab.number_line(*snapshot, 11, j);
      double sum = 0;
      for (double term : line.terms) sum += term;
      EXPECT_NEAR(line.sum, sum, 1e-12);
      EXPECT_NEAR(line.sum, snapshot->evaluation.energies(11, j), 1e-12) << energy.id;
    }
  }
}

}  // namespace
}  // namespace iem
