// What must hold for every lab there is, one that is added later included: figures, tables, checks and keys,
// on every built-in scene of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/check/check.h"
#include "core/field/field.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/support/print_lab.h"
#include "tests/support/small_atlas.h"

namespace iem {
namespace {

bool finite(std::initializer_list<double> values) {
  return std::ranges::all_of(values, [](double v) { return std::isfinite(v); });
}
bool finite(Values values) {
  return std::ranges::all_of(values, [](double v) { return std::isfinite(v); });
}
bool no_infinity(Values values) {
  return std::ranges::none_of(values, [](double v) { return std::isinf(v); });
}

// Why a mark cannot be drawn; empty: it can. Only lines (a lifted pen) and cells (left empty) may hold NaN.
struct Fault {
  std::string operator()(const Line& m) const {
    if (m.x.size() != m.y.size()) return "as many x as y";
    if (m.series.empty()) return "a name";
    return no_infinity(m.x) && no_infinity(m.y) ? "" : "no infinity";
  }
  std::string operator()(const Scatter& m) const {
    if (m.x.size() != m.y.size()) return "as many x as y";
    if (!m.weights.empty() && m.weights.size() != m.x.size() * static_cast<std::size_t>(m.components))
      return "a weight for each component";
    return finite(m.x) && finite(m.y) && finite(m.weights) ? "" : "finite numbers";
  }
  std::string operator()(const Bars& m) const {
    if (m.x.size() != m.y.size() || (m.ink.size() != 1 && m.ink.size() != m.x.size())) return "one ink a bar";
    return finite(m.x) && finite(m.y) ? "" : "finite numbers";
  }
  std::string operator()(const Band& m) const {
    return finite(m.x) && finite(m.lower) && finite(m.upper) && m.x.size() == m.lower.size() &&
                   m.x.size() == m.upper.size()
               ? ""
               : "finite bounds";
  }
  std::string operator()(const Ellipse& m) const {
    return finite({m.x, m.y}) && m.xx > 0 && m.xx * m.yy > m.xy * m.xy ? "" : "a positive definite matrix";
  }
  std::string operator()(const Arrow& m) const {
    return finite({m.x0, m.y0, m.x1, m.y1}) ? "" : "finite ends";
  }
  std::string operator()(const Marker& m) const { return finite({m.x, m.y}) ? "" : "a finite place"; }
  std::string operator()(const RingMark& m) const {
    double sum = 0;
    for (const double w : m.weights) sum += w;
    return finite({m.x, m.y}) && std::abs(sum - 1) < 1e-9 ? "" : "shares that sum to 1";
  }
  std::string operator()(const Gauge& m) const { return std::abs(m.value) <= 1 ? "" : "a value up to 1"; }
  std::string operator()(const Legend& m) const { return m.entries.empty() ? "entries" : ""; }
  std::string operator()(const Heatmap& m) const {
    return m.values.size() == static_cast<std::size_t>(m.rows * m.columns) && no_infinity(m.values)
               ? ""
               : "a number a cell";
  }
  std::string operator()(const FieldMark& m) const { return m.input ? "" : "a field"; }
  std::string operator()(const SurfaceMark& m) const { return m.input ? "" : "a field"; }
  std::string operator()(const Text& m) const { return finite({m.x, m.y}) && !m.text.empty() ? "" : "words"; }
};

int expect_figure(const Figure& figure, const FigureType& type, const std::string& where) {
  EXPECT_EQ(figure.id, type.id) << where;
  EXPECT_FALSE(figure.title.empty()) << where;
  EXPECT_FALSE(type.title.empty() || type.help.empty()) << where;
  EXPECT_NE(figure.caption.find("step"), std::string::npos) << where << figure.caption;
  EXPECT_NE(figure.caption.find("seed"), std::string::npos) << where << figure.caption;
  EXPECT_FALSE(figure.panels.empty()) << where;
  int marks = 0;
  for (const Panel& panel : figure.panels) {
    for (const Axis* axis : {&panel.x, &panel.y}) {
      EXPECT_TRUE(finite({axis->lo, axis->hi}) && axis->lo < axis->hi) << where;
      EXPECT_TRUE(axis->scale == Scale::linear || axis->lo > 0) << where;
    }
    for (const Mark& mark : panel.marks) {
      EXPECT_EQ(std::visit(Fault{}, mark), "") << where << ": mark " << mark.index() << " must have it";
      ++marks;
    }
  }
  return marks;
}

void expect_figures(const Snapshot& snapshot, const std::string& where) {
  const Lab& lab = lab_of(*snapshot.setup);
  const Config seen = test::with_small_atlas(snapshot.config());
  for (const FigureType& type : lab.figures()) {
    const Figure figure = lab.figure(type.id, snapshot, {seen, {}, {}});
    EXPECT_GT(expect_figure(figure, type, where + type.id), 0) << where << type.id << " shows nothing";
  }
}

void expect_tables(const Snapshot& snapshot, const std::string& where) {
  const Lab& lab = lab_of(*snapshot.setup);
  for (const std::string& id : lab.dumps()) {
    try {
      const Dump dump = lab.dump(id, snapshot);
      const Eigen::MatrixXd rows = dump.rows();
      EXPECT_EQ(rows.cols(), static_cast<Eigen::Index>(dump.columns.size())) << where << id;
      EXPECT_FALSE(rows.hasNaN()) << where << id;  // what a mask hides is infinitely far
    } catch (const InputError& error) {
      EXPECT_NE(snapshot.model().responsibilities_unavailable(), "") << where << error.what();
    }
  }
}

class EachScene : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(BuiltIn, EachScene, ::testing::ValuesIn(builtin_scenes()),
                         [](const auto& row) { return row.param; });

TEST_P(EachScene, DrawsEveryFigureOfItsLabAndPassesItsChecks) {
  iem::Run run(testing::short_scene(GetParam()), testing::pool());
  for (const std::int64_t step : {0, 8, 3}) {
    run.seek(step);
    const auto snapshot = take_snapshot(run);
    const std::string where = "at " + std::to_string(run.state().step) + ", ";
    expect_figures(*snapshot, where);
    expect_tables(*snapshot, where);
    const auto results = run_checks(*snapshot);
    EXPECT_EQ(results.size(), run.setup().problem().checks().size());
    for (const CheckResult& result : results)
      EXPECT_NE(result.status, CheckStatus::fail) << where << result.id << ": " << result.error;
  }
}

class EachLab : public ::testing::TestWithParam<const Lab*> {};
INSTANTIATE_TEST_SUITE_P(Labs, EachLab, ::testing::ValuesIn(labs()),
                         [](const auto& row) { return row.param->id(); });

TEST_P(EachLab, HasWordsForEverythingItOffers) {
  const Lab& lab = *GetParam();
  EXPECT_FALSE(testing::scenes_of(lab.id()).empty()) << "nothing of it is swept";
  EXPECT_FALSE(lab.label().empty());
  EXPECT_FALSE(lab.figures().empty());
  EXPECT_FALSE(lab.checks().empty());
  std::set<std::string> ids;
  for (const FigureType& type : lab.figures()) EXPECT_TRUE(ids.insert(type.id).second) << type.id << " twice";
  const Config config(lab.id(), lab.parameters());
  for (const Parameter& p : lab.parameters()->all()) {
    EXPECT_FALSE(p.label.empty() || p.help.empty()) << p.key;
    EXPECT_NE(p.key.find('.') != std::string::npos, p.key == "seed") << p.key;
    EXPECT_EQ((p.key.starts_with("view.") || p.key.starts_with("comparison.") || p.key.starts_with("paper.")),
              p.effect == Effect::view)
        << p.key;
    EXPECT_TRUE(p.choice_labels.empty() || p.choice_labels.size() == p.choices.size()) << p.key;
    if (p.kind == ParameterKind::choice) {
      EXPECT_EQ(std::ranges::count(p.choices, config.text(p.key)), 1) << p.key << ": its default";
    }
    if (p.key != "view.plots") continue;
    for (const std::string& id : config.list(p.key)) EXPECT_TRUE(ids.contains(id)) << id;
  }
}

// A scene with another number of points and components, where it has such keys and the numbers fit.
std::optional<iem::Run> resized(const Scene& scene, std::int64_t points, std::int64_t components) {
  Scene out = scene;
  int changed = 0;
  for (const auto& [key, value] :
       {std::pair<const char*, std::int64_t>{"data.count", points}, {"model.components", components}}) {
    const Parameter* parameter = out.config.table().find(key);
    if (!parameter || (parameter->unavailable && !parameter->unavailable(out.config).empty())) continue;
    out.config.set(key, std::clamp(value, static_cast<std::int64_t>(parameter->min),
                                   static_cast<std::int64_t>(parameter->max)));
    ++changed;
  }
  if (changed == 0) return std::nullopt;
  try {
    return iem::Run(std::move(out), testing::pool());
  } catch (const InputError&) {  // means given for three, more components than points, ...
    return std::nullopt;
  }
}

TEST_P(EachLab, DrawsEveryFigureOfNextToNothingAndOfVeryMuch) {
  int drawn = 0;
  for (const std::string& name : testing::scenes_of(GetParam()->id()))
    for (const auto& [points, components] : {std::pair{1, 1}, {2, 2}, {3, 1}, {700, 24}}) {
      auto run = resized(load_scene(name), points, components);
      if (!run) continue;
      const std::string where =
          name + ", " + std::to_string(points) + " points, " + std::to_string(components) + " components: ";
      for (const std::int64_t step : {0, 2}) {
        run->seek(step);
        expect_figures(*take_snapshot(*run), where);
      }
      ++drawn;
    }
  EXPECT_GE(drawn, 3) << "nothing was tried";
}

// The words of the panel have no ASCII mathematics in them: "W_Q" is set as a formula.
TEST(EveryLab, NamesMatricesAndIndicesInMathematics) {
  int labels = 0, symbols = 0;
  for (const Lab* lab : labs())
    for (const Parameter& parameter : lab->parameters()->all()) {
      if (!parameter.in_panel) continue;
      EXPECT_EQ(parameter.label.find_first_of("_^\\"), std::string::npos) << parameter.key;
      for (std::size_t i = 0; i < parameter.choice_labels.size(); ++i, ++labels) {
        const bool has_symbol = i < parameter.choice_symbols.size() && !parameter.choice_symbols[i].empty();
        symbols += has_symbol ? 1 : 0;
        EXPECT_TRUE(has_symbol || parameter.choice_labels[i].find_first_of("_^\\") == std::string::npos)
            << parameter.key << ": " << parameter.choice_labels[i];
      }
      EXPECT_TRUE(parameter.choice_symbols.empty() ||
                  parameter.choice_symbols.size() == parameter.choices.size())
          << parameter.key;
    }
  EXPECT_GT(labels, 20);
  EXPECT_GE(symbols, 4);
}

}  // namespace
}  // namespace iem
