// Names and numbers of axes on screen, and of curves at the edges of their plot.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/paint/figure_painter.h"
#include "app/paint/labels.h"
#include "tests/app/recording_canvas.h"

namespace iem::paint {
namespace {

Panel bare_panel() {
  Panel panel;
  panel.x = {"", "", 0, 1, Scale::linear, true, false, 5};
  panel.y = {"", "", 0, 1, Scale::linear, true, false, 5};
  return panel;
}

// On screen "step" stands at one place outside the plot, whatever the curves do and however far the run is,
// and on no number.
TEST(Axes, TheNameOfStepsLiesOnNoCurveAndStaysWhereItIs) {
  const PxRect plot{10, 20, 270, 120};
  std::vector<PxRect> places;
  for (const double last : {1.0, 5.0, 10.0, 37.0, 60.0, 100.0, 1500.0}) {
    Figure figure;
    Panel panel = bare_panel();
    panel.x.label = "step", panel.x.quantity = Quantity::step, panel.x.hi = last, panel.x.whole = true;
    Line curve;
    curve.x = figure.own({0, last, last, 0}), curve.y = figure.own({0.02, 0.02, 0.98, 0.98});
    panel.marks = {curve};
    RecordingCanvas canvas;
    paint_axes(panel, Transform(panel, plot), theme(ThemeId::light), canvas);
    for (const auto& word : canvas.words) {
      EXPECT_FALSE(word.rect.overlaps(plot)) << word.text;
      if (word.text == "step") places.push_back(word.rect);
      for (const auto& other : canvas.words)
        EXPECT_TRUE(&word == &other || !word.rect.overlaps(other.rect)) << word.text << " " << other.text;
    }
  }
  ASSERT_EQ(places.size(), 7u);
  for (const PxRect& place : places) {
    EXPECT_EQ(place.x0, places[0].x0);
    EXPECT_EQ(place.y0, places[0].y0);
  }
}

// On screen a name stands in a corner where no mark is, or in the row of the numbers where there is none.
TEST(Axes, TheNameOfAnAxisCoversNoMark) {
  const PxRect plot{40, 20, 340, 160};
  const auto place_of_name = [&](double height_of_bars) {
    Figure figure;
    Panel panel = bare_panel();
    panel.x.label = "unit", panel.x.hi = 25;
    Bars bars;
    bars.x = figure.own({2, 6, 10, 14, 18, 22});
    bars.y = figure.own(std::vector<double>(6, height_of_bars));
    bars.width = 3.9;
    panel.marks = {bars};
    RecordingCanvas canvas;
    paint_axes(panel, Transform(panel, plot), theme(ThemeId::light), canvas);
    EXPECT_TRUE(canvas.rects.empty()) << "no plate";
    for (const auto& word : canvas.words)
      if (word.text == "unit") return word.rect;
    return PxRect{};
  };
  const PxRect above = place_of_name(0.7), below = place_of_name(1);
  EXPECT_GT(above.x0, 280);
  EXPECT_LT(above.y1, 60);
  EXPECT_GT(below.x0, 280);
  EXPECT_GT(below.y0, plot.y1);
}

// A curve has a width: one that only touches the letters from below strikes through their tails.
TEST(Axes, ANameStandsOffTheCurveBelowIt) {
  const PxRect plot{40, 20, 340, 160};
  Figure figure;
  Panel panel = bare_panel();
  panel.x.label = "gap";
  const Transform to_px(panel, plot);
  const auto place_of_name = [&] {
    RecordingCanvas canvas;
    paint_axes(panel, to_px, theme(ThemeId::light), canvas);
    for (const auto& word : canvas.words)
      if (word.text == "gap") return word.rect;
    return PxRect{};
  };
  const PxRect alone = place_of_name();
  ASSERT_GT(alone.y0, 120);
  const double height = to_px.y_at(alone.y1 + 1);
  Line curve;
  curve.x = figure.own({0, 1}), curve.y = figure.own({height, height});
  panel.marks = {curve};
  PxRect words = place_of_name();
  EXPECT_NE(words.y0, alone.y0);
  words.y1 += 1.5;
  EXPECT_FALSE(words.y0 < alone.y1 + 1 && words.y1 > alone.y1 + 1);
}

// One number says where an axis is and not how long: a panel of a usual width has two.
TEST(Axes, HaveTwoNumbers) {
  for (int i = 1; i <= 400; ++i)
    for (const int most : {3, 5})
      for (const double width : {98.0, 120.0, 200.0, 340.0}) {
        Panel panel = bare_panel();
        panel.x.hi = std::pow(10.0, i / 100.0 - 3), panel.x.lo = -panel.x.hi, panel.x.max_ticks = most;
        EXPECT_GE(fitting_ticks(panel.x, width, true).size(), 2u)
            << panel.x.hi << " " << most << " " << width;
      }
}

// In a plot a few lines high too, one above the other, and they do not touch.
TEST(Axes, HaveTwoNumbersOneAboveTheOtherInALowPlot) {
  for (int i = 0; i <= 400; ++i)
    for (const double height : {30.0, 36.0, 44.0}) {
      Panel panel = bare_panel();
      panel.y.lo = 3.36, panel.y.hi = 3.36 + std::pow(10.0, i / 100.0 - 3), panel.y.max_ticks = 3;
      const std::vector<Tick> ticks = fitting_ticks(panel.y, height, false);
      EXPECT_GE(ticks.size(), 2u) << panel.y.hi << " " << height;
      for (std::size_t k = 1; k < ticks.size(); ++k)
        EXPECT_GE((ticks[k].value - ticks[k - 1].value) * height / (panel.y.hi - panel.y.lo), 12.9)
            << ticks[k].label << " to " << panel.y.hi << " " << height;
    }
}

// A short curve at the edge of the plot has its name in the plot.
TEST(Lines, HaveTheirNamesInThePlot) {
  const PxRect edges{10, 20, 110, 220};
  for (const auto& [from, to] : {std::pair(0.9, 1.0), {0.0, 0.1}}) {
    Figure figure;
    Panel panel = bare_panel();
    Line line;
    line.x = figure.own({from, to}), line.y = figure.own({0.5, 0.45});
    line.label = "slope";
    panel.marks = {line};
    RecordingCanvas canvas;
    paint_marks(panel, Transform(panel, edges), theme(ThemeId::light), canvas, {});
    ASSERT_EQ(canvas.words.size(), 1u);
    EXPECT_GE(canvas.words[0].rect.x0, edges.x0);
    EXPECT_LE(canvas.words[0].rect.x1, edges.x1);
  }
}

// A curve along the upper edge has its name below it, one along the lower edge above it.
TEST(Lines, HaveNoNameCutByTheEdge) {
  const PxRect edges{10, 20, 310, 220};
  for (const auto& [height, dy] : {std::pair(0.99, -8.0), {0.01, 8.0}}) {
    Figure figure;
    Panel panel = bare_panel();
    Line line;
    line.x = figure.own({0, 1}), line.y = figure.own({height, height});
    line.label = "slope", line.label_dy_px = dy;
    panel.marks = {line};
    RecordingCanvas canvas;
    paint_marks(panel, Transform(panel, edges), theme(ThemeId::light), canvas, {});
    ASSERT_EQ(canvas.words.size(), 1u);
    EXPECT_GE(canvas.words[0].rect.y0, edges.y0);
    EXPECT_LE(canvas.words[0].rect.y1, edges.y1);
    const LabelPlacer curves(panel, Transform(panel, edges));
    EXPECT_TRUE(curves.is_free(canvas.words[0].rect)) << height;
  }
}

// Where curves leave no room between them a name is left out, since its plate would hide another curve; the
// plate may hide only the curve that it names.
TEST(Lines, HaveNoPlateOnAnotherCurve) {
  const PxRect edges{10, 20, 310, 170};
  const auto painted_steps = [&](const std::vector<std::vector<double>>& curves) {
    Figure figure;
    Panel panel = bare_panel();
    panel.x.quantity = Quantity::step;
    for (const auto& y : curves) {
      std::vector<double> x;
      for (std::size_t i = 0; i < y.size(); ++i)
        x.push_back(static_cast<double>(i) / static_cast<double>(y.size() - 1));
      Line line;
      line.x = figure.own(x), line.y = figure.own(y), line.label = "prototype";
      panel.marks.push_back(line);
    }
    RecordingCanvas canvas;
    paint_marks(panel, Transform(panel, edges), theme(ThemeId::light), canvas, {});
    return canvas;
  };
  const RecordingCanvas close = painted_steps({{0.5, 0.5}, {0.55, 0.55}, {0.6, 0.6}});
  EXPECT_EQ(close.words.size(), 2u);
  EXPECT_TRUE(close.rects.empty());
  std::vector<double> zigzag;
  for (int i = 0; i < 100; ++i) zigzag.push_back(i % 2);
  const RecordingCanvas alone = painted_steps({zigzag});
  EXPECT_EQ(alone.words.size(), 1u);
  EXPECT_EQ(alone.rects.size(), 1u);
  EXPECT_EQ(painted_steps({zigzag, {0.5, 0.5}}).words.size(), 1u) << "that of the zigzag, off the other";
}

// Whatever they are drawn over: the curve of a run has its name on no curve of another.
TEST(Lines, OfTwoRunsHaveTheirNamesOnNoCurve) {
  const PxRect edges{10, 20, 310, 220};
  Figure figure;
  Panel panel = bare_panel();
  for (const double height : {0.5, 0.56}) {
    Line line;
    line.x = figure.own({0, 1}), line.y = figure.own({height, height});
    line.label = "a run", line.name_at_end = true, line.ink = {Role::lane, 0};
    panel.marks.push_back(line);
  }
  RecordingCanvas canvas;
  paint_marks(panel, Transform(panel, edges), theme(ThemeId::light), canvas, {});
  ASSERT_EQ(canvas.words.size(), 2u);
  const LabelPlacer curves(panel, Transform(panel, edges));
  for (const auto& word : canvas.words) EXPECT_TRUE(curves.is_free(word.rect)) << word.rect.y0;
}

// Curves over steps come to cross any place: their names on screen stand where none of them is.
TEST(Lines, OverStepsHaveTheirNamesOnNoCurve) {
  const PxRect edges{10, 20, 310, 170};
  Figure figure;
  Panel panel = bare_panel();
  panel.x.quantity = Quantity::step, panel.x.hi = 10;
  for (const double end : {0.2, 0.34, 0.5}) {
    Line line;
    line.x = figure.own({0, 4, 10}), line.y = figure.own({0.33, 0.335, end});
    line.label = "prototype", line.label_at = 1.0 / 6;
    panel.marks.push_back(line);
  }
  RecordingCanvas canvas;
  paint_marks(panel, Transform(panel, edges), theme(ThemeId::light), canvas, {});
  ASSERT_EQ(canvas.words.size(), 3u);
  const LabelPlacer curves(panel, Transform(panel, edges));
  for (const auto& word : canvas.words) EXPECT_TRUE(curves.is_free(word.rect)) << word.rect.x0;
}

TEST(Axes, ANameStaysAtItsAxisWhereBothHaveOne) {
  Figure figure;
  Panel panel = bare_panel();
  panel.x.label = "claimed", panel.y.label = "computed";
  Scatter points;  // all along the lower edge and at the upper left
  std::vector<double> x, y;
  for (int i = 0; i <= 40; ++i) x.push_back(i / 40.), y.push_back(0.05);
  x.push_back(0.1), y.push_back(0.93);
  points.x = figure.own(x), points.y = figure.own(y);
  panel.marks = {points};
  const PxRect plot{40, 20, 340, 220};
  RecordingCanvas canvas;
  paint_axes(panel, Transform(panel, plot), theme(ThemeId::light), canvas);
  for (const auto& word : canvas.words) {
    if (word.text == "claimed") EXPECT_GT(word.rect.y0, 200) << "at the lower edge or below it";
    if (word.text == "computed") EXPECT_LT(word.rect.y1, 60) << "at the upper edge";
  }
  EXPECT_GE(canvas.words.size(), 2u);
}

// A key inside the plot gives way to points, and does not reach beyond the cells of a map.
TEST(Keys, CoverNoPointAndStayWithinTheMap) {
  Figure figure;
  Panel panel = bare_panel();
  Legend legend;
  legend.entries = {{Sign::arrow_along, "steps 2x"}};
  const PxRect edges{10, 20, 310, 220};
  const auto place_of_words = [&] {
    RecordingCanvas canvas;
    paint_marks(panel, Transform(panel, edges), theme(ThemeId::light), canvas, {});
    EXPECT_EQ(canvas.words.size(), 1u);
    EXPECT_EQ(canvas.words[0].style.size_px, 12);
    return canvas.words[0].rect;
  };
  panel.marks = {legend};
  EXPECT_GT(place_of_words().y0, 190) << "at the lower left";
  EXPECT_LT(place_of_words().x1, 160);
  Scatter points;
  points.x = figure.own({0.1, 0.15}), points.y = figure.own({0.05, 0.08});
  panel.marks = {points, legend};
  const Transform to_px(panel, edges);
  EXPECT_FALSE(LabelPlacer(panel, to_px).covers(place_of_words()));
  Heatmap map;
  map.rows = map.columns = 1, map.values = figure.own({1}), map.x0 = 0.2, map.x1 = 0.8;
  panel.marks = {map, legend};
  EXPECT_GT(place_of_words().x0, to_px.px_x(0.2) + 12 + 20) << "behind its sign, within the map";
}

// The key of runs keeps clear of texts, and muted ones give way to it.
TEST(Keys, OfRunsCoverNoText) {
  const PxRect edges{10, 20, 310, 220};
  const auto painted_over = [&](Role role) {
    Figure figure;
    Panel panel = bare_panel();
    panel.x.quantity = Quantity::step;
    for (int i = 0; i < 3; ++i) {
      Line line;
      line.x = figure.own({0, 1}), line.y = figure.own({0.5, 0.5 + 0.1 * i});
      line.label = "run", line.name_at_end = true, line.ink = {Role::lane, i};
      panel.marks.push_back(line);
    }
    Text text{.x = 1, .y = 1, .text = "a text", .ink = {role}};
    text.dx_px = -4, text.dy_px = 20, text.anchor = Anchor::right;
    panel.marks.push_back(text);
    RecordingCanvas canvas;
    paint_marks(panel, Transform(panel, edges), theme(ThemeId::light), canvas, {});
    for (const auto& word : canvas.words)
      for (const auto& other : canvas.words)
        EXPECT_TRUE(&word == &other || !word.rect.overlaps(other.rect)) << word.text << " " << other.text;
    return canvas.words.size();
  };
  EXPECT_EQ(painted_over(Role::ink), 4u);
  EXPECT_EQ(painted_over(Role::muted), 3u);
}

// The names of three runs or more: a key where no curve is, else each at its curve.
TEST(Lines, OfRunsHaveTheirNamesOnNoCurve) {
  const PxRect edges{10, 20, 270, 100};  // as low as the plot of a loss beside the stage
  const auto painted_runs = [&](const std::string& name, const std::vector<double>& heights) {
    Figure figure;
    Panel panel = bare_panel();
    panel.x.quantity = Quantity::step, panel.x.hi = 10;
    for (std::size_t i = 0; i < heights.size(); ++i) {
      Line line;
      line.x = figure.own({0, 0.5, 10}), line.y = figure.own({0.95, heights[i], heights[i]});
      line.label = name, line.name_at_end = true, line.ink = {Role::lane, static_cast<int>(i)};
      panel.marks.push_back(line);
    }
    RecordingCanvas canvas;
    paint_marks(panel, Transform(panel, edges), theme(ThemeId::light), canvas, {});
    EXPECT_EQ(canvas.words.size(), heights.size());
    EXPECT_TRUE(canvas.rects.empty()) << "no plate covers a curve";
    const LabelPlacer curves(panel, Transform(panel, edges));
    for (const auto& word : canvas.words) EXPECT_TRUE(curves.is_free(word.rect)) << word.rect.y0;
    return canvas.curves.size();
  };
  EXPECT_EQ(painted_runs("run", {0.1, 0.14, 0.18, 0.22}), 8u)
      << "four curves and four samples in two columns";
  EXPECT_EQ(painted_runs("a longer name", {0.1, 0.4, 0.7}), 3u) << "no place for a key";
}

// A stage that reaches to the edges of the window has its key directly below it, in the room kept for it.
TEST(Axes, WithoutNumbersTheKeyStandsDirectlyBelowThePlot) {
  const PxRect plot{0, 46, 500, 300};
  Panel panel = bare_panel();
  panel.marks.push_back(Legend{{{Sign::arrow_along, "pull of r"}, {Sign::stop, "push"}}});
  RecordingCanvas canvas;
  PaintOptions options;
  options.legend_below = true, options.numbers = false;
  paint_axes(panel, Transform(panel, plot), theme(ThemeId::light), canvas, options);
  EXPECT_TRUE(canvas.words.empty()) << "no numbers";
  paint_legend(panel, Transform(panel, plot), theme(ThemeId::light), canvas, options);
  ASSERT_EQ(canvas.words.size(), 2u);
  const double room = legend_room(panel, plot.width(), canvas, options);
  for (const auto& word : canvas.words) {
    EXPECT_GT(word.rect.y0, plot.y1) << word.text;
    EXPECT_LE(word.rect.y1, plot.y1 + room + 2) << word.text;
    EXPECT_GT(word.rect.x0, plot.x0 + 10) << word.text;
  }
}

// Two words for the same place: the second makes room.
TEST(Texts, OnPlatesDoNotCoverEachOther) {
  Panel panel = bare_panel();
  for (const double y : {0.5, 0.52}) {
    Text text{.x = 0.5, .y = y, .text = "name"};
    text.plate = true;
    panel.marks.push_back(text);
  }
  RecordingCanvas canvas;
  paint_marks(panel, Transform(panel, {0, 0, 300, 200}), theme(ThemeId::light), canvas, {});
  ASSERT_EQ(canvas.words.size(), 2u);
  EXPECT_FALSE(canvas.words[0].rect.overlaps(canvas.words[1].rect));
}

}  // namespace
}  // namespace iem::paint
