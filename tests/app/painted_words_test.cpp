// Words and numbers on painted figures: none lies on another, or on what it names.
#include "app/paint/figure_painter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

#include "app/paint/labels.h"
#include "tests/app/sample_figures.h"
#include "tests/app/unit_plot.h"

namespace iem::paint {
namespace {

// On screen muted words give way to others, whatever comes first; on paper all are written.
TEST(Words, MutedOnesGiveWayOnScreen) {
  Panel panel = unit_panel();
  panel.marks.push_back(Text{.x = 0.4, .y = 0.5, .text = "other", .ink = {Role::muted}});
  panel.marks.push_back(Text{.x = 0.4, .y = 0.5, .text = "main", .ink = {Role::ink}});
  panel.marks.push_back(Text{.x = 0.4, .y = 0.1, .text = "free", .ink = {Role::muted}});
  const auto words = [&](bool paper) {
    PaintOptions options;
    options.place_labels = paper;
    std::vector<std::string> out;
    for (const auto& word : painted(panel, options).words) out.push_back(word.text);
    return out;
  };
  EXPECT_EQ(words(false), (std::vector<std::string>{"main", "free"}));
  EXPECT_EQ(words(true), (std::vector<std::string>{"other", "main", "free"}));
}

// On a page, where marks are nearer to each other than on the stage, a name that an arrow would strike
// through stands elsewhere near its mark.
TEST(Words, NamesOfMarksGiveWayToArrowsOnPages) {
  Panel panel = unit_panel();
  panel.marks.push_back(Marker{.series = "key", .x = 0.5, .y = 0.5});
  panel.marks.push_back(Arrow{.series = "output", .x0 = 0.1, .y0 = 0.4, .x1 = 0.9, .y1 = 0.4});
  Text name{.x = 0.5, .y = 0.5, .text = "k"};
  name.dx_px = -4, name.dy_px = 24;
  const auto place = [&](bool paper, double reach) {
    Panel named = panel;
    name.reach_px = reach;
    named.marks.push_back(name);
    PaintOptions options;
    options.place_labels = paper;
    const RecordingCanvas canvas = painted(named, options);
    return canvas.words.at(0).rect;
  };
  const PxRect wish = place(false, 31);
  EXPECT_EQ(place(true, 0).y0, wish.y0);
  const PxRect moved = place(true, 31);
  const Transform to_px(panel, kPlot);
  const LabelPlacer marks = LabelPlacer::for_plates(panel, to_px);
  EXPECT_FALSE(marks.is_free(wish));
  EXPECT_TRUE(marks.is_free(moved));
  EXPECT_LT(std::abs(moved.y0 - wish.y0), 60);
}

// A line through all plots crosses no name that can stand elsewhere on its curve; one that stays where it is
// has a plate of paper there.
TEST(Words, NamesKeepOffALineOrHaveAPlate) {
  Panel panel = unit_panel();
  const std::vector<double> x = {0, 1}, y = {0.5, 0.5};
  Line line{.series = "curve", .x = x, .y = y};
  line.label = "name";
  panel.marks.push_back(line);
  for (const bool steady : {false, true}) {
    PaintOptions options;
    options.place_labels = true, options.steady_words = steady;
    const RecordingCanvas plain = painted(panel, options);
    ASSERT_EQ(plain.words.size(), 1U);
    options.line_x = 0.5 * (plain.words[0].rect.x0 + plain.words[0].rect.x1);
    const RecordingCanvas crossed = painted(panel, options);
    ASSERT_EQ(crossed.words.size(), 1U);
    const PxRect& name = crossed.words[0].rect;
    EXPECT_EQ(name.x0 < options.line_x && options.line_x < name.x1, steady);
    EXPECT_EQ(crossed.rects.size(), plain.rects.size() + (steady ? 1 : 0));
    options.line_x = plain.words[0].rect.x1 + 30;
    EXPECT_EQ(painted(panel, options).rects.size(), plain.rects.size());
  }
}

TEST(Axes, NoTickNumberIsWrittenWhereSomethingElseStands) {
  const Panel panel = unit_panel();
  const auto numbers = [&](const PaintOptions& options) {
    RecordingCanvas canvas;
    paint_axes(panel, Transform(panel, {10, 20, 410, 220}), light(), canvas, options);
    std::vector<std::string> out;
    for (const auto& word : canvas.words)
      if (word.rect.y0 > 220) out.push_back(word.text);
    return out;
  };
  const std::vector<std::string> all = numbers({});
  ASSERT_GE(all.size(), 3u);
  PaintOptions options;
  options.taken_from = 409, options.taken_to = 430;  // over half of the last number
  EXPECT_EQ(numbers(options), std::vector<std::string>(all.begin(), all.end() - 1));
  options.taken_from = options.taken_to = 410;
  EXPECT_EQ(numbers(options), all);
}

// What is read against itself has one scale: the same numbers across as upwards.
TEST(Axes, OfADiagonalShowTheSameNumbers) {
  const PxRect plot{60, 20, 160, 118};  // nearly square, as beside the words of the identity
  for (const double reach : {0.0012, 0.03, 0.5, 1.0, 20.0, 3e4}) {
    Panel panel = unit_panel();
    panel.equal_aspect = true;
    panel.x.lo = panel.y.lo = -reach, panel.x.hi = panel.y.hi = reach;
    panel.x.max_ticks = panel.y.max_ticks = 3;
    RecordingCanvas canvas;
    paint_axes(panel, Transform(panel, plot), light(), canvas);
    std::multiset<std::string> across, upwards;
    for (const auto& word : canvas.words) (word.rect.x1 < plot.x0 ? upwards : across).insert(word.text);
    EXPECT_GE(across.size(), 2U) << reach;
    EXPECT_EQ(across, upwards) << reach;
  }
}

// Numbers of many digits side by side: fewer of them, but never one upon the next.
TEST(Axes, NumbersOnTheHorizontalAxisStandApart) {
  for (const double reach : {0.0069, 0.00123, 123456.0, 2e-6, 0.5})
    for (const double width : {60.0, 90.0, 140.0, 300.0}) {
      Panel panel = unit_panel();
      panel.x.lo = -reach, panel.x.hi = reach;
      panel.y.ticks = false;
      RecordingCanvas canvas;
      paint_axes(panel, Transform(panel, {0, 0, width, 50}), light(), canvas);
      ASSERT_FALSE(canvas.words.empty()) << reach << " " << width;
      for (std::size_t i = 1; i < canvas.words.size(); ++i)
        EXPECT_GT(canvas.words[i].rect.x0, canvas.words[i - 1].rect.x1 + 2) << reach << " " << width;
    }
}

// On screen the name of a map's columns stands in the row of their numbers, in place of the last.
TEST(Axes, TheNameOfAMapsColumnsLiesOnNoCellAndOnNoNumber) {
  Figure figure;
  Panel panel = unit_panel();
  panel.x.label = "key", panel.x.hi = 2000, panel.x.whole = true;
  panel.y.label = "query", panel.y.ticks = false;
  Heatmap map;
  map.rows = map.columns = 2, map.values = figure.own({1, 2, 3, 4});
  panel.marks = {map};
  const PxRect plot{10, 20, 410, 220};
  RecordingCanvas canvas;
  paint_axes(panel, Transform(panel, plot), light(), canvas);
  bool named = false;
  for (const auto& word : canvas.words) {
    EXPECT_FALSE(word.rect.overlaps(plot)) << word.text;
    named = named || word.text == "key";
    for (const auto& other : canvas.words)
      EXPECT_TRUE(&word == &other || !word.rect.overlaps(other.rect)) << word.text << " " << other.text;
  }
  EXPECT_TRUE(named);
}

// Where labels do not search for a place they still keep off their own curve, whichever way it slopes.
TEST(Lines, AreNotWrittenUponByTheirOwnLabels) {
  for (const double slope : {-0.5, -0.2, 0.0, 0.2, 0.5})
    for (const double dy : {-8.0, 8.0}) {
      Figure figure;
      Panel panel = unit_panel();
      Line line;
      line.x = figure.own({0, 1});
      line.y = figure.own({0.5 - slope / 2, 0.5 + slope / 2});
      line.label = "routing drift", line.label_at = 0.5, line.label_dy_px = dy;
      panel.marks = {line};
      const Transform to_px(panel, {10, 20, 210, 120});
      RecordingCanvas canvas;
      paint_marks(panel, to_px, light(), canvas);
      ASSERT_EQ(canvas.words.size(), 1u);
      const PxRect word = canvas.words[0].rect;
      for (const double x : {word.x0, word.x1}) {
        const double curve = to_px.px_y(0.5 + slope * (to_px.x_at(x) - 0.5));
        if (dy < 0)
          EXPECT_LT(word.y1, curve - 2) << slope;
        else
          EXPECT_GT(word.y0, curve + 2) << slope;
      }
    }
}

}  // namespace
}  // namespace iem::paint
