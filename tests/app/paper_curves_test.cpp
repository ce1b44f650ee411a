// Curves on paper, of every figure of every scene with other runs beside it: told apart without colour, named
// at their ends, and nothing on them that moves.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "app/export/page_layout.h"
#include "app/paint/end_names.h"
#include "core/base/number.h"
#include "core/labs/kit/lab.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"
#include "tests/app/drawn_page.h"
#include "tests/support/beside.h"
#include "tests/support/scenes.h"
#include "tests/support/small_atlas.h"

namespace iem::paint {
namespace {

// A scene after some steps, beside three other rules where it has them.
std::shared_ptr<const Snapshot> compared(const std::string& scene, std::int64_t steps) {
  iem::Run run(load_scene(scene), std::make_shared<ThreadPool>(1));
  run.seek(steps);
  auto snapshot = std::make_shared<Snapshot>(*take_snapshot(run));
  snapshot->lanes = testing::other_rules(run, {"gd", "em", "adam", "natural", "sgd"});
  return snapshot;
}

Figure figure_of(const Snapshot& snapshot, const std::string& id) {
  const Config seen = test::with_small_atlas(snapshot.config());
  return lab_of(*snapshot.setup).figure(id, snapshot, {seen, {}, {}});
}

// Curves that are read against each other. Not so: what is to come of a curve, which has its look; hairlines
// that mark a place; iso-lines, many of which are one thing and have no name; and ways on a stage, each of
// which begins or ends in a shape of its own.
std::vector<const Line*> curves_of(const Panel& panel) {
  static const std::set<std::string> other = {"probe",          "place",
                                              "diagonal",       "simplex",
                                              "pinned",         "key",
                                              "orbit",          "boundary",
                                              "levels",         "density",
                                              "frame",          "trail",
                                              "triangle",       "trails of knots",
                                              "end of the ray", "largest r of a class"};
  std::vector<const Line*> out;
  for (const Mark& mark : panel.marks) {
    const auto* line = std::get_if<Line>(&mark);
    if (!line || line->x.size() < 2 || line->series.ends_with(" future") ||
        line->series.ends_with(" theory") || other.contains(line->series))
      continue;
    // Around a cell and below it, where a push ends, the lines of units: each beside a shape or number of its
    // own.
    if (std::ranges::any_of(std::array{"trail ", "pushed end ", "frame ", "d ", "line "},
                            [&](const char* begin) { return line->series.starts_with(begin); }))
      continue;
    if (line->series.ends_with(" here")) continue;
    // What others are read against, and a bundle without names (core/labs/kit/overlay.cpp has the same rule).
    const Role role = line->ink.role;
    if (role == Role::muted || role == Role::faint || role == Role::hairline) continue;
    // Axes through zero, levels with a name of their own, and places of points from edge to edge.
    if (std::ranges::any_of(std::array{"axis of ", "level ", "point ", "target ", "group ", "kept "},
                            [&](const char* begin) { return line->series.starts_with(begin); }))
      continue;
    const bool iso_line =
        line->series == "J" || line->series == "loss" || line->series == "Q" || line->series == "energy";
    if (iso_line && line->label.empty()) continue;
    out.push_back(line);
  }
  return out;
}

bool same_hue(const Line& a, const Line& b) { return a.ink.role == b.ink.role && a.ink.index == b.ink.index; }

// How many pairs of curves were looked at.
int expect_hue_and_dash(const Panel& panel, const std::string& where) {
  int pairs = 0;
  const auto curves = curves_of(panel);
  for (std::size_t i = 0; i < curves.size(); ++i)
    for (std::size_t j = 0; j < i; ++j, ++pairs) {
      const std::string both = where + ": " + curves[i]->series + " and " + curves[j]->series;
      // The ways of prototypes have their hues, and the dash of the run they belong to.
      const auto is_way = [](const Line& line) { return line.series.starts_with("way of "); };
      if (is_way(*curves[i]) && is_way(*curves[j])) {
        EXPECT_TRUE(!same_hue(*curves[i], *curves[j]) || curves[i]->dash != curves[j]->dash) << both;
        continue;
      }
      // More than twelve are a bundle, in which hues return.
      EXPECT_TRUE(curves.size() > 12 || !same_hue(*curves[i], *curves[j])) << both;
      EXPECT_TRUE(curves.size() > 8 || curves[i]->dash != curves[j]->dash) << both;
    }
  return pairs;
}

TEST(PaperCurves, TheFirstEightDashesAllDiffer) {
  std::set<std::vector<double>> seen;
  for (int i = 0; i < 8; ++i) {
    const DashPattern p = dash_pattern({{}, 1.8, series_dash(i)});
    EXPECT_TRUE(seen.insert({p.on, p.off, p.on2, p.off2}).second) << i;
  }
}

TEST(PaperCurves, InksOfRunsAreDarkEnoughForText) {
  for (const ThemeId id : {ThemeId::light, ThemeId::dark, ThemeId::print})
    for (int lane = 0; lane < 8; ++lane) {
      const Theme& t = theme(id);
      EXPECT_GE(contrast_ratio(lane_colour(t, lane), t.paper), 4.5) << static_cast<int>(id) << " " << lane;
    }
}

// Where the segment from a to b meets a rectangle, roughly: in steps of half a pixel.
bool runs_through(Px a, Px b, const PxRect& r) {
  if (std::max(a.x, b.x) < r.x0 || std::min(a.x, b.x) > r.x1 || std::max(a.y, b.y) < r.y0 ||
      std::min(a.y, b.y) > r.y1)
    return false;
  const int n = std::min(2000, 1 + static_cast<int>(2 * std::hypot(b.x - a.x, b.y - a.y)));
  for (int i = 0; i <= n; ++i) {
    const double t = static_cast<double>(i) / n;
    if (r.contains({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)})) return true;
  }
  return false;
}

// Of every two words of a page none lies on the other, and all are on it.
void expect_words_apart(const Drawn& d, const std::string& where) {
  for (const auto& word : d.canvas.words) {
    EXPECT_LE(word.rect.x1, d.page.width_px + 0.5) << where << ": " << word.text;
    for (const auto& other : d.canvas.words)
      EXPECT_FALSE(&other != &word && word.rect.grown(-1).overlaps(other.rect.grown(-1)))
          << where << ": " << word.text << " on " << other.text;
  }
}

// Eight curves that fall one below the other, and names of 10, 50 and 200 letters.
TEST(PaperCurves, LongNamesStandBelowWhereTheyDoNotFitBeside) {
  for (const std::size_t letters : {10u, 50u, 200u})
    for (const double width : {6.0, 8.5, 17.0}) {
      Figure figure{.id = "loss", .title = "Loss"};
      Panel panel;
      panel.x.hi = panel.y.hi = 10;
      for (int i = 0; i < 8; ++i) {
        Line line{.series = std::to_string(i), .ink = {Role::lane, i}, .dash = series_dash(i)};
        line.x = figure.own({0, 5, 10}), line.y = figure.own({9, 1 + 0.1 * i, 0.1 * i});
        line.label = std::to_string(i) + std::string(letters, 'n');
        line.name_at_end = true;
        panel.marks.push_back(line);
      }
      figure.panels = {panel};
      const std::string where = std::to_string(letters) + " letters at " + std::to_string(width);
      const Drawn d = drawn(figure, width);
      EXPECT_NE(d.page.names_at_ends, d.page.names_in_key) << where;
      expect_words_apart(d, where);
      for (int i = 0; i < 8; ++i) {
        const std::string begin = std::to_string(i) + "nnn";
        EXPECT_EQ(std::ranges::count_if(d.canvas.words,
                                        [&](const auto& word) { return word.text.starts_with(begin); }),
                  1)
            << where;
      }
    }
}

TEST(PaperCurves, LongTitlesSideBySideAreCut) {
  Figure figure{.id = "stage", .title = "Stage"};
  figure.columns = 3;
  for (int i = 0; i < 5; ++i) {
    Panel panel;
    panel.title =
        "A run with a name that is longer than any plot of this page is wide, number ö" + std::to_string(i);
    panel.title_tex = i % 2 == 0 ? "r_j(x)" : "";
    figure.panels.push_back(panel);
  }
  for (const double width : {8.5, 17.0}) expect_words_apart(drawn(figure, width), std::to_string(width));
}

// Names of several curves, at both tested widths: on the page, on no other words, on no curve, and each
// behind a sample that looks like its curve.
TEST(PaperCurves, AreNamedRightOfThePlotAndNameNothingElse) {
  int named = 0;
  for (const auto& [scene, id] :
       std::vector<std::pair<std::string, std::string>>{{"tanh", "family"},
                                                        {"student_sign", "family"},
                                                        {"penguins", "loss"},
                                                        {"penguins", "usage"},
                                                        {"penguins", "activation"},
                                                        {"old_faithful", "loss"},
                                                        {"tanh", "energies"},
                                                        {"slow_values", "timescales"}}) {
    const auto snapshot = compared(scene, 12);
    const Figure figure = figure_of(*snapshot, id);
    for (const double width : {8.5, 17.0}) {
      const std::string where = scene + ", " + id + " at " + std::to_string(width);
      const Drawn d = drawn(figure, width);
      EXPECT_TRUE(d.page.names_at_ends) << where;
      expect_words_apart(d, where);
      for (const Page::Cell& cell : d.page.cells) {
        const Transform to_px(cell.panel, cell.plot);
        for (const EndName& name : place_end_names(cell.panel, to_px)) {
          const auto is_sample = [&](const RecordingCanvas::Curve& curve) {
            return curve.points.size() == 2 && curve.points[0].x > cell.plot.x1 &&
                   curve.points[0].y == name.middle && curve.stroke.dash == name.line->dash &&
                   curve.stroke.width_px == name.line->width_px;
          };
          EXPECT_EQ(std::ranges::count_if(d.canvas.curves, is_sample), 1)
              << where << ": " << name.line->label;
          EXPECT_EQ(std::ranges::count(d.canvas.words, name.line->label, &RecordingCanvas::Word::text), 1)
              << where << ": " << name.line->label;
          ++named;
        }
      }
    }
  }
  EXPECT_GT(named, 40);
}

// Whatever the step, the plot of a run stands where it stood, "step" stands on no curve, the axis ends with
// the data, and there it has a number.
TEST(PaperCurves, AStepPlotKeepsItsLayout) {
  std::vector<PxRect> plots, names;
  for (const std::int64_t steps : {0, 1, 5, 10, 11, 20, 39, 50, 99, 100, 101}) {
    iem::Run run(load_scene("penguins"), std::make_shared<ThreadPool>(1));
    run.seek(steps);
    const auto snapshot = take_snapshot(run);
    for (const double width : {8.5, 17.0}) {
      const Drawn d = drawn(figure_of(*snapshot, "loss"), width);
      const Page::Cell& cell = d.page.cells.at(0);
      const std::string where = std::to_string(steps) + " steps, " + std::to_string(width) + " cm";
      EXPECT_EQ(cell.panel.x.hi, std::max<double>(1, static_cast<double>(steps))) << where;
      const auto ticks = fitting_ticks(cell.panel.x, cell.plot.width(), true);
      ASSERT_FALSE(ticks.empty());
      EXPECT_EQ(ticks.back().value, cell.panel.x.hi) << where;
      const auto name = std::ranges::find(d.canvas.words, "step", &RecordingCanvas::Word::text);
      ASSERT_NE(name, d.canvas.words.end());
      const auto last = std::ranges::find_if(d.canvas.words, [&](const auto& word) {
        return word.text == ticks.back().label && word.rect.y0 >= cell.plot.y1;
      });
      EXPECT_NE(last, d.canvas.words.end()) << where << ": its last number is not written";
      for (const auto& curve : d.canvas.curves)
        for (std::size_t i = 1; i < curve.points.size(); ++i)
          EXPECT_FALSE(curve.points[i].x < name->rect.x1 + 1 &&
                       runs_through(curve.points[i - 1], curve.points[i], name->rect))
              << where << ": a line through \"step\"";
      const std::size_t same = width == 8.5 ? 0 : 1;
      if (plots.size() <= same) plots.push_back(cell.plot), names.push_back(name->rect);
      for (const auto& [now, then] : {std::pair(cell.plot, plots[same]), {name->rect, names[same]}}) {
        EXPECT_EQ(now.x0, then.x0) << where;
        EXPECT_EQ(now.x1, then.x1) << where;
        EXPECT_EQ(now.y0, then.y0) << where;
        EXPECT_EQ(now.y1, then.y1) << where;
      }
    }
  }
}

// Every axis with numbers says what they are: by its name, its unit, or, the upright one, by the panel's
// title.
double grey(Rgb c) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

// Two inks that a copier makes one.
bool alike_in_grey(const Ink& a, const Ink& b) {
  const Theme& print = theme(ThemeId::print);
  const auto printed = [&](const Ink& ink) {
    const double g = grey(resolve(print, ink).rgb), alpha = ink.alpha;
    return alpha * g + (1 - alpha) * grey(print.paper);
  };
  return std::abs(printed(a) - printed(b)) < 0.15;
}

// The edge of an area, which has its dash.
const Line* edge_of(const Panel& panel, const Band& band) {
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark))
      if (line->series == "edge of " + band.series && std::ranges::equal(line->y, band.upper)) return line;
  return nullptr;
}

bool is_number(const std::string& text) {
  return !text.empty() && (std::isdigit(static_cast<unsigned char>(text.back())) != 0 || text.ends_with("%"));
}

// Bars of several prototypes: beside each stand its shape or its name, and a number, which are no colour. How
// many.
int expect_marked_bars(const Panel& panel, const Bars& bars, const std::string& where) {
  if (bars.ink.size() < 2 || bars.ink.size() > 12) return 0;
  for (std::size_t i = 0; i < bars.x.size(); ++i) {
    const auto beside = [&](double x, double y) {
      return bars.horizontal ? std::abs(y - bars.y[i]) <= bars.width : std::abs(x - bars.x[i]) <= bars.width;
    };
    bool named = false, numbered = false;
    for (const Mark& mark : panel.marks) {
      const auto* shape = std::get_if<Marker>(&mark);
      named |= shape && shape->shape == Shape::prototype && shape->ink.index == bars.ink[i].index &&
               beside(shape->x, shape->y);
      const auto* text = std::get_if<Text>(&mark);
      if (!text || !beside(text->x, text->y)) continue;
      const bool word = std::ranges::any_of(text->text, [](unsigned char c) { return std::isalpha(c) != 0; });
      named |= word;
      numbered |= !word && is_number(text->text);
    }
    EXPECT_TRUE(named) << where << ": neither shape nor name at bar " << i;
    EXPECT_TRUE(numbered) << where << ": no number at bar " << i;
  }
  return static_cast<int>(bars.x.size());
}

// Areas whose greys are alike have edges of different dashes. How many pairs.
int expect_marked_areas(const Panel& panel, const std::string& where) {
  std::vector<const Band*> bands;
  for (const Mark& mark : panel.marks)
    // Around the line of a unit, whose shape stands on it.
    if (const auto* band = std::get_if<Band>(&mark); band && !band->series.starts_with("band "))
      bands.push_back(band);
  int pairs = 0;
  for (std::size_t i = 0; i < bands.size() && bands.size() <= 7; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      if (!alike_in_grey(bands[i]->ink, bands[j]->ink)) continue;
      const Line *a = edge_of(panel, *bands[i]), *b = edge_of(panel, *bands[j]);
      EXPECT_TRUE(a && b && a->dash != b->dash)
          << where << ": " << bands[i]->series << ", " << bands[j]->series;
      ++pairs;
    }
  return pairs;
}

// Every axis with numbers says what they are: by its name, its unit, or, the upright one, by the panel's
// title. Those of a stage are the data's, and named by it.
void expect_words_at_axes(const Panel& panel, const std::string& where) {
  EXPECT_TRUE(!panel.x.label.empty() || !panel.x.unit.empty() || !panel.x.ticks) << where << ": x";
  const bool y_says = !panel.y.label.empty() || !panel.y.unit.empty() || !panel.title.empty();
  EXPECT_TRUE(y_says || !panel.y.ticks) << where << ": y";
}

TEST(Paper, OfEveryFigureOfEverySceneReadsWithoutColour) {
  const std::set<std::string> stages = {"stage", "pull", "trajectory", "atlas"},
                              planes = {"mixture", "classifier", "layer"};
  int curves = 0, bars = 0, areas = 0, axes = 0;
  for (const std::string& scene : test::scenes_of_every_kind()) {
    const auto snapshot = compared(scene, 4);
    for (const FigureType& type : lab_of(*snapshot->setup).figures()) {
      const Figure figure = figure_of(*snapshot, type.id);
      for (const Panel& panel : figure.panels) {
        const std::string where = scene + ", " + type.id + ", " + panel.title;
        curves += expect_hue_and_dash(panel, where);
        areas += expect_marked_areas(panel, where);
        for (const Mark& mark : panel.marks)
          if (const auto* of = std::get_if<Bars>(&mark)) bars += expect_marked_bars(panel, *of, where);
        if (!figure.sentence.empty() ||
            (stages.contains(type.id) && planes.contains(snapshot->setup->problem().id())))
          continue;
        expect_words_at_axes(panel, where);
        axes += 2;
      }
    }
  }
  EXPECT_GT(curves, 500);
  EXPECT_GT(bars, 50);
  EXPECT_GT(areas, 50);
  EXPECT_GT(axes, 500);
}

// Points that stand for symbols differ in shape, and a legend says which is which.
TEST(PaperGrey, SymbolsHaveShapesAndALegend) {
  const auto snapshot = compared("sticky_markov_em_like", 1);
  for (const std::string id : {"stage", "values"})
    for (const Panel& panel : figure_of(*snapshot, id).panels) {
      std::set<int> kinds;
      for (const Mark& mark : panel.marks)
        if (const auto* dots = std::get_if<Scatter>(&mark); dots && !dots->groups.empty()) {
          EXPECT_TRUE(dots->shapes) << id;
          kinds.insert(dots->groups.begin(), dots->groups.end());
        }
      const auto* legend = [&]() -> const Legend* {
        for (const Mark& mark : panel.marks)
          if (const auto* found = std::get_if<Legend>(&mark)) return found;
        return nullptr;
      }();
      ASSERT_TRUE(legend) << id;
      EXPECT_GT(kinds.size(), 1u);
      for (const int kind : kinds)
        EXPECT_EQ(std::ranges::count(legend->prototypes, kind), 1) << id << " " << kind;
    }
}

TEST(PaperAxes, JHasItsUnit) {
  const auto snapshot = compared("penguins", 2);
  EXPECT_EQ(figure_of(*snapshot, "loss").panels.at(0).y.unit, "nats");
}

}  // namespace
}  // namespace iem::paint
