// What the stage shows of the phases of one update: every phase another picture, and what is drawn and
// written is the snapshot's numbers. On every built-in scene of a lab that has phases.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/number.h"
#include "core/labs/kit/phases/phases.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/core/tex_evaluator.h"

namespace iem {
namespace {

constexpr std::int64_t kPoint = 3;  // where there are as many

struct Looked {
  std::shared_ptr<Snapshot> snapshot;
  Config view;
  std::vector<Phase> phases;
  std::string stage;
  int point = 0;

  const Lab& lab() const { return lab_of(*snapshot->setup); }
  Figure figure(double position) const {
    return lab().figure(stage, *snapshot, View{view, {}, {}, -1, position});
  }
  Figure chosen(const std::string& id) const {
    Config config = view;
    config.set("view.phase", id);
    return lab().figure(stage, *snapshot, View{config, {}, {}});
  }
};

// Nothing for labs without phases.
std::optional<Looked> look_at(const std::string& scene, std::int64_t step) {
  iem::Run run(load_scene(scene), testing::pool());
  run.seek(step);
  Looked out{take_snapshot(run), run.setup().config(), {}, ""};
  const FigureType* stage = out.lab().figure_for(FigureUse::stage);
  if (stage == nullptr || out.view.table().find("view.phase") == nullptr) return std::nullopt;
  out.stage = stage->id;
  const Dataset& data = out.snapshot->data();  // whose points queries are, or whose targets
  out.point =
      static_cast<int>(std::min<std::int64_t>(kPoint, std::max(data.size(), data.targets.rows()) - 1));
  out.view.set("view.pinned", std::int64_t{out.point});
  out.phases = out.lab().phases(*out.snapshot, out.point);
  if (out.phases.empty()) return std::nullopt;
  return out;
}

template <class Kind>
std::vector<Kind> marks_of(const Figure& figure) {
  std::vector<Kind> out;
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks)
      if (const auto* m = std::get_if<Kind>(&mark)) out.push_back(*m);
  return out;
}

// Everything that is drawn, by kind, series and place.
std::string picture_of(const Figure& figure) {
  std::string out;
  const auto add = [&](const std::string& name, std::initializer_list<double> numbers) {
    out += name;
    for (const double number : numbers) out += " " + exact_number(number);
    out += "\n";
  };
  for (const Arrow& m : marks_of<Arrow>(figure))
    add(m.series, {m.x0, m.y0, m.x1, m.y1, m.width_px, m.ink.alpha, m.hollow ? 1.0 : 0.0});
  for (const Marker& m : marks_of<Marker>(figure)) add(m.series, {m.x, m.y});
  for (const Ellipse& m : marks_of<Ellipse>(figure)) add(m.series, {m.x, m.y, m.xx, m.xy, m.yy});
  for (const RingMark& m : marks_of<RingMark>(figure)) add("ring", {m.x, m.y, m.filled, m.radius_px});
  for (const Text& m : marks_of<Text>(figure)) add(m.text, {m.x, m.y, m.ink.alpha});
  for (const Line& m : marks_of<Line>(figure))
    if (!m.x.empty()) add(m.series, {m.x[0], m.y[0], m.x.back(), m.y.back(), m.width_px});
  return out;
}

// The arrows of one series with a number each: "distances thread 2" is number 2 of "distances thread".
std::map<int, Arrow> numbered(const Figure& figure, const std::string& series) {
  std::map<int, Arrow> out;
  for (const Arrow& m : marks_of<Arrow>(figure)) {
    if (!m.series.starts_with(series + " ")) continue;
    const std::string rest = m.series.substr(series.size() + 1);
    if (rest.find_first_not_of("0123456789") == std::string::npos) out.emplace(std::stoi(rest), m);
  }
  return out;
}

class PhasesOfScene : public ::testing::TestWithParam<std::string> {};
// Of the labs that have phases.
std::vector<std::string> scenes_with_phases() {
  std::vector<std::string> out;
  for (const char* lab : {"mixture", "attention", "classifier", "layer"})
    for (const std::string& name : testing::scenes_of(lab)) out.push_back(name);
  return out;
}
INSTANTIATE_TEST_SUITE_P(BuiltIn, PhasesOfScene, ::testing::ValuesIn(scenes_with_phases()),
                         [](const auto& row) { return row.param; });

TEST_P(PhasesOfScene, AreAllDifferentPicturesOfTheStage) {
  for (const std::int64_t step : {0, 4}) {
    const auto look = look_at(GetParam(), step);
    if (!look) GTEST_SKIP() << "no phases";
    std::set<std::string> pictures = {picture_of(look->figure(std::nan("")))};
    EXPECT_EQ(*pictures.begin(), picture_of(look->chosen("none")));
    for (const Phase& phase : look->phases) {
      const Figure figure = look->chosen(phase.id);
      EXPECT_TRUE(pictures.insert(picture_of(figure)).second) << phase.id << " is another phase's picture";
      EXPECT_NE(figure.caption.find(phase.help), std::string::npos) << figure.caption;
      EXPECT_EQ(figure.panels[0].title_tex, phase.symbol);
    }
    EXPECT_EQ(pictures.size(), look->phases.size() + 1);
  }
}

// Whoever draws a number draws the snapshot's, and of every component that is finite; where not all have room
// the caption says so.
TEST_P(PhasesOfScene, DrawTheNumbersOfTheSnapshot) {
  const auto look = look_at(GetParam(), 2);
  if (!look) GTEST_SKIP() << "no phases";
  int drawn = 0, phases = 0;
  for (const Phase& phase : look->phases) {
    const Figure figure = look->chosen(phase.id);
    std::map<int, Arrow> own = numbered(figure, phase.id);
    for (const auto& [j, arrow] : numbered(figure, phase.id + " thread")) own.emplace(j, arrow);
    for (const auto& [j, arrow] : own) {
      if (phase.is_single || phase.is_vector) continue;
      ASSERT_TRUE(arrow.value) << arrow.series;
      ASSERT_LE(static_cast<std::size_t>(j), phase.values.size());
      EXPECT_EQ(*arrow.value, phase.values[static_cast<std::size_t>(j) - 1]) << arrow.series;
      ++drawn;
    }
    phases += own.empty() ? 0 : 1;
    const std::size_t known = phase.values.size();
    if (!own.empty() && own.size() < known && known > 64) {
      EXPECT_NE(figure.caption.find("of " + std::to_string(known)), std::string::npos) << figure.caption;
    }
  }
  EXPECT_GT(drawn, 0);
  EXPECT_GE(phases, 2) << GetParam();
}

// Half way to a phase is between the two, and the way ends where the phase is.
TEST_P(PhasesOfScene, BlendIntoEachOther) {
  const auto look = look_at(GetParam(), 1);
  if (!look) GTEST_SKIP() << "no phases";
  for (std::size_t i = 0; i < look->phases.size(); ++i) {
    const auto at = static_cast<double>(i);
    const std::string there = picture_of(look->figure(at));
    EXPECT_EQ(there, picture_of(look->chosen(look->phases[i].id))) << look->phases[i].id;
    const std::string half = picture_of(look->figure(at - 0.5));
    EXPECT_NE(half, there) << look->phases[i].id;
    EXPECT_NE(half, picture_of(look->figure(at - 0.25))) << look->phases[i].id;
  }
  EXPECT_EQ(picture_of(look->figure(-1)), picture_of(look->figure(std::nan(""))));
}

// The line above the strip: every number of every phase, and what stands on the left makes it.
TEST_P(PhasesOfScene, WriteTheirNumbersOutAsACalculatorFindsThem) {
  int checked = 0, lines = 0;
  for (const std::int64_t step : {0, 5}) {
    const auto look = look_at(GetParam(), step);
    if (!look) GTEST_SKIP() << "no phases";
    for (const Phase& phase : look->phases) {
      EXPECT_EQ(phase.written.size(), phase.is_vector ? 1 : phase.values.size()) << phase.id;
      for (std::size_t j = 0; j < phase.written.size(); ++j) {
        const FormulaLine& line = phase.written[j];
        ++lines;
        EXPECT_TRUE(testing::adds_up(line, &checked)) << phase.id << " " << formula_tex(line);
        if (phase.is_vector || line.empty() || !line.back().is_number) continue;
        const double value = phase.values[j];
        if (std::isfinite(value))
          EXPECT_EQ(line.back().number, value) << phase.id << " " << formula_tex(line);
      }
    }
  }
  EXPECT_GT(lines, 10);
  EXPECT_GT(checked, 0) << "nothing was worked out";
}

std::optional<Looked> penguins() { return look_at("penguins", 3); }

double length_of(const Arrow& arrow) { return std::hypot(arrow.x1 - arrow.x0, arrow.y1 - arrow.y0); }

// Lines, bars, their stack, the ring, and the bars turned round: the same lengths all the way.
TEST(MixturePhases, TurnLinesIntoBarsAStackARingAndTheirNegative) {
  const auto look = penguins();
  ASSERT_TRUE(look);
  const std::vector<double>& w = look->phases[1].values;
  const Eigen::Vector2d point = look->snapshot->data().points.row(look->point).transpose();
  const auto lines = numbered(look->chosen("distances"), "distances thread");
  const auto bars = numbered(look->chosen("exponentials"), "exponentials");
  const auto stack = numbered(look->chosen("normaliser"), "normaliser stack");
  const auto turned = numbered(look->chosen("gradient"), "gradient");
  ASSERT_EQ(lines.size(), 3U);
  ASSERT_EQ(bars.size(), 3U);
  ASSERT_EQ(stack.size(), 3U);
  ASSERT_EQ(turned.size(), 3U);
  const double scale = length_of(bars.at(1)) / w[0];
  for (int j = 1; j <= 3; ++j) {
    const auto at = static_cast<std::size_t>(j) - 1;
    EXPECT_EQ(lines.at(j).x0, point[0]);
    EXPECT_NEAR(lines.at(j).x1, look->snapshot->state.theta[2 * (j - 1)], 1e-12);
    EXPECT_NEAR(length_of(bars.at(j)), scale * w[at], 1e-9) << "as long as their number";
    EXPECT_NEAR(length_of(turned.at(j)), length_of(bars.at(j)), 1e-9) << "the same lengths";
    EXPECT_TRUE(turned.at(j).hollow);
    EXPECT_FALSE(bars.at(j).hollow);
    // Opposite sides of the point.
    EXPECT_NEAR(bars.at(j).x1 + turned.at(j).x1, 2 * point[0], 1e-9);
    EXPECT_NEAR(bars.at(j).y1 + turned.at(j).y1, 2 * point[1], 1e-9);
    if (j > 1) EXPECT_GT(stack.at(j).y0, stack.at(j - 1).y1 - 1e-12) << "on each other";
  }
  const auto ring_of = [&](const char* id) { return marks_of<RingMark>(look->chosen(id)).front(); };
  EXPECT_EQ(ring_of("distances").filled, 0);
  EXPECT_EQ(ring_of("normaliser").filled, 0);
  EXPECT_EQ(ring_of("responsibilities").filled, 1);
  EXPECT_NEAR(marks_of<RingMark>(look->figure(2.25)).front().filled, 0.25, 1e-12);
}

TEST(MixturePhases, PullAtEveryPrototypeAndLetItWalk) {
  const auto look = penguins();
  ASSERT_TRUE(look);
  const Figure pull = look->chosen("pull"), update = look->chosen("update");
  std::set<int> pulled;
  for (const Arrow& arrow : marks_of<Arrow>(pull))
    if (arrow.series == "pull of points") pulled.insert(arrow.ink.index);
  EXPECT_EQ(pulled.size(), 3U);
  const Theta &now = look->snapshot->state.theta, &next = look->snapshot->next;
  const auto prototype = [&](const Figure& figure, int j) {
    for (const Marker& marker : marks_of<Marker>(figure))
      if (marker.element == ElementId{ElementId::Kind::prototype, j}) return marker;
    ADD_FAILURE() << "no prototype " << j;
    return Marker{};
  };
  for (int j = 0; j < 3; ++j) {
    EXPECT_NEAR(prototype(update, j).x, next[2 * j], 1e-12);
    EXPECT_NEAR(prototype(look->figure(5.5), j).x, 0.5 * (now[2 * j] + next[2 * j]), 1e-12);
    EXPECT_NEAR(prototype(pull, j).x, now[2 * j], 1e-12);
  }
  const auto round = [](const Figure& figure) { return marks_of<Ellipse>(figure).front().xx; };
  EXPECT_NE(round(update), round(pull)) << "the ellipse changes too";
}

// Before anything moves nothing is known of steps and ways.
TEST(MixturePhases, OfTheFirstHalfShowNoSteps) {
  const auto look = penguins();
  ASSERT_TRUE(look);
  const auto has = [](const Figure& figure, const std::string& series) {
    return std::ranges::any_of(marks_of<Arrow>(figure),
                               [&](const Arrow& arrow) { return arrow.series.starts_with(series); });
  };
  EXPECT_TRUE(has(look->chosen("none"), "gradient 1"));
  EXPECT_FALSE(has(look->chosen("distances"), "gradient 1"));
  EXPECT_FALSE(has(look->chosen("distances"), "em 1"));
}

TEST(Phases, ThatAnUpdateDoesNotHaveAreSaidToBeAbsent) {
  const auto look = look_at("sparse", 1);
  ASSERT_TRUE(look);
  EXPECT_EQ(std::ranges::find(look->phases, "exponentials", &Phase::id), look->phases.end());
  EXPECT_NE(look->chosen("exponentials").caption.find("no phase exponentials here"), std::string::npos);
}

// Of very many components those that count most, and the caption says how many.
TEST(Phases, OfManyComponentsShowThoseThatCountMost) {
  iem::Run run(testing::mixture_scene("[model]\ncomponents = 30\n"), testing::pool());
  const auto s = take_snapshot(run);
  Config config = s->config();
  config.set("view.pinned", std::int64_t{5});
  config.set("view.phase", std::string("distances"));
  const Figure figure = lab_of(*s->setup).figure("stage", *s, View{config, {}, {}});
  EXPECT_EQ(numbered(figure, "distances thread").size(), 30U);
  EXPECT_NE(figure.caption.find("Numbers: of the 8 that count most, of 30."), std::string::npos)
      << figure.caption;
}

}  // namespace
}  // namespace iem
