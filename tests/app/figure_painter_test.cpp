#include "app/paint/figure_painter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "app/paint/shapes.h"
#include "tests/app/sample_figures.h"
#include "tests/app/unit_plot.h"

namespace iem::paint {
namespace {

TEST(Transform, MapsCornersAndBack) {
  const Transform t(unit_panel(), kPlot);
  EXPECT_DOUBLE_EQ(t.px_x(0), 10);
  EXPECT_DOUBLE_EQ(t.px_y(0), 220);  // y grows upwards
  EXPECT_DOUBLE_EQ(t.px_y(1), 20);
  EXPECT_NEAR(t.x_at(t.px_x(0.3)), 0.3, 1e-12);
  EXPECT_NEAR(t.y_at(t.px_y(0.3)), 0.3, 1e-12);
}

TEST(Transform, EqualAspectWidensOneAxisAboutItsMiddle) {
  Panel panel = unit_panel();
  panel.equal_aspect = true;
  const Transform t(panel, kPlot);  // twice as high as wide
  EXPECT_DOUBLE_EQ(t.x().lo, 0);
  EXPECT_DOUBLE_EQ(t.y().lo, -0.5);
  EXPECT_DOUBLE_EQ(t.y().hi, 1.5);
  EXPECT_NEAR(t.px_x(1) - t.px_x(0), t.px_y(0) - t.px_y(1), 1e-9);
}

TEST(Transform, LogAxesAreStraightInTheExponent) {
  Panel panel = unit_panel();
  panel.x = {"", "", 0.01, 100, Scale::log10, true, false, 5};
  const Transform t(panel, kPlot);
  EXPECT_NEAR(t.px_x(1), 60, 1e-9);
  EXPECT_NEAR(t.x_at(60), 1, 1e-9);
}

TEST(Shapes, LookAsLargeAsTheDisc) {
  for (int j = 1; j < 8; ++j) {
    const std::vector<Px> outline = prototype_outline(j, {0, 0}, 10);
    double twice = 0;
    for (std::size_t i = 0; i < outline.size(); ++i) {
      const Px a = outline[i], b = outline[(i + 1) % outline.size()];
      twice += a.x * b.y - b.x * a.y;
    }
    const double disc = std::numbers::pi * 100;
    EXPECT_GT(std::abs(twice) / 2, 0.45 * disc) << j;
    EXPECT_LT(std::abs(twice) / 2, 1.05 * disc) << j;
  }
  EXPECT_TRUE(prototype_outline(0, {0, 0}, 10).empty());
  EXPECT_TRUE(prototype_outline(8, {0, 0}, 10).empty());  // the ninth begins anew
}

TEST(Arrows, HaveHeadsOfAtMost60PercentAndTipsInPlace) {
  for (double length : {0.02, 0.5}) {  // 2 and 50 pixels
    Panel panel = unit_panel();
    Arrow arrow;
    arrow.x0 = 0.1, arrow.y0 = 0.5, arrow.x1 = 0.1 + length, arrow.y1 = 0.5;
    panel.marks.push_back(arrow);
    const RecordingCanvas canvas = painted(panel);
    ASSERT_EQ(canvas.polygons.size(), 1u);
    const auto& head = canvas.polygons[0];
    const double px = 100 * length;
    EXPECT_NEAR(head[1].x, 20 + px, 1e-9);
    EXPECT_NEAR(head[1].x - head[0].x, std::min(10.0, 0.6 * px), 1e-9);
    EXPECT_NEAR(canvas.curves.back().points[1].x, head[0].x, 1e-9);  // the shaft ends at the head's base
  }
}

TEST(Arrows, OfNoLengthOrNotFiniteAreNotDrawn) {
  Panel panel = unit_panel();
  Arrow arrow;
  panel.marks.push_back(arrow);
  arrow.x1 = std::numeric_limits<double>::quiet_NaN();
  panel.marks.push_back(arrow);
  const RecordingCanvas canvas = painted(panel);
  EXPECT_TRUE(canvas.curves.empty());
  EXPECT_TRUE(canvas.polygons.empty());
}

TEST(Lines, AreCutAtNaN) {
  Figure figure;
  Panel panel = unit_panel();
  Line line;
  line.x = figure.own({0, 0.2, NAN, 0.4, 0.6, 0.8}), line.y = figure.own({0, 1, NAN, 0, 1, 0});
  panel.marks.push_back(line);
  const RecordingCanvas canvas = painted(panel);
  ASSERT_EQ(canvas.curves.size(), 2u);
  EXPECT_EQ(canvas.curves[0].points.size(), 2u);
  EXPECT_EQ(canvas.curves[1].points.size(), 3u);
}

TEST(Lines, OfManyPointsKeepTheirExtremes) {
  Figure figure;
  Panel panel = unit_panel();
  std::vector<double> x, y;
  for (int i = 0; i < 100000; ++i)
    x.push_back(i / 1e5), y.push_back(i == 77777 ? 1.0 : 0.5 + 0.1 * std::sin(i));
  Line line;
  line.x = figure.own(x), line.y = figure.own(y);
  panel.marks.push_back(line);
  const RecordingCanvas canvas = painted(panel);
  ASSERT_EQ(canvas.curves.size(), 1u);
  EXPECT_LT(canvas.curves[0].points.size(), 2000u);
  const auto highest = std::min_element(canvas.curves[0].points.begin(), canvas.curves[0].points.end(),
                                        [](Px a, Px b) { return a.y < b.y; });
  EXPECT_DOUBLE_EQ(highest->y, 20);
}

TEST(Points, HaveTheMixtureOfTheirOwnWeights) {
  Figure figure;
  Panel panel = unit_panel();
  Scatter scatter;
  scatter.x = figure.own({0.2, 0.8}), scatter.y = figure.own({0.5, 0.5});
  scatter.components = 3;
  scatter.weights = figure.own({1, 0.2, 0, 0.3, 0, 0.5});  // weight j of point i at j * 2 + i
  panel.marks.push_back(scatter);
  const RecordingCanvas canvas = painted(panel);
  ASSERT_EQ(canvas.discs.size(), 2u);
  const std::array<double, 3> first = {1, 0, 0}, second = {0.2, 0.3, 0.5};
  EXPECT_EQ(to_bytes(canvas.discs[0].colour.rgb), to_bytes(point_colour(light(), first)));
  EXPECT_EQ(to_bytes(canvas.discs[1].colour.rgb), to_bytes(point_colour(light(), second)));
}

TEST(Points, OutsideThePlotAreNotDrawnAndHoveredOnesAreLarger) {
  Figure figure;
  Panel panel = unit_panel();
  Scatter scatter;
  scatter.x = figure.own({0.2, 1.8, 0.5, NAN}), scatter.y = figure.own({0.5, 0.5, 0.5, 0.5});
  scatter.element = ElementId::Kind::point;
  panel.marks.push_back(scatter);
  PaintOptions options;
  options.hovered = ElementId{ElementId::Kind::point, 2};
  const RecordingCanvas canvas = painted(panel, options);
  ASSERT_EQ(canvas.discs.size(), 2u);
  EXPECT_GT(canvas.discs[1].radius, canvas.discs[0].radius);
}

TEST(Points, BeyondTheLimitBecomeOnePicture) {
  const Figure figure = sample_cloud(500);
  RecordingCanvas canvas;
  PaintOptions options;
  options.splat_above = 100;
  paint_marks(figure.panels[0], Transform(figure.panels[0], kPlot), light(), canvas, options);
  EXPECT_TRUE(canvas.discs.empty());
  ASSERT_EQ(canvas.images.size(), 1u);
  EXPECT_EQ(canvas.images[0].width, 200);

  int asked = 0;
  options.many_points = [&](const Scatter&, const Transform&, Canvas&) { return ++asked > 0; };
  RecordingCanvas screen;
  paint_marks(figure.panels[0], Transform(figure.panels[0], kPlot), light(), screen, options);
  EXPECT_EQ(asked, 1);
  EXPECT_TRUE(screen.images.empty());
}

TEST(Splat, PutsADiscOfTheRightColourAndSizeInTheRightPlace) {
  Figure figure;
  Panel panel = unit_panel();
  Scatter scatter;
  scatter.x = figure.own({0.5}), scatter.y = figure.own({0.75});
  scatter.ink = {Role::mark, 1, 1};
  scatter.radius_px = 5, scatter.halo_px = 0;
  const Image image = splat_points(scatter, Transform(panel, kPlot), light(), 2);
  ASSERT_EQ(image.width, 200);
  ASSERT_EQ(image.height, 400);
  double area = 0, cx = 0, cy = 0;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const double a = image.rgba[4 * static_cast<std::size_t>(y * image.width + x) + 3] / 255.0;
      area += a, cx += a * (x + 0.5), cy += a * (y + 0.5);
    }
  }
  EXPECT_NEAR(area, std::numbers::pi * 100, 3);
  EXPECT_NEAR(cx / area, 100, 0.01);
  EXPECT_NEAR(cy / area, 100, 0.01);
  const std::size_t centre = 4 * static_cast<std::size_t>(100 * image.width + 100);
  EXPECT_EQ(image.rgba[centre], 0xEE);
  EXPECT_EQ(image.rgba[centre + 3], 255);
}

TEST(Ring, ArcsAreProportionalToTheWeights) {
  Figure figure;
  Panel panel = unit_panel();
  RingMark ring;
  ring.x = 0.5, ring.y = 0.5;
  ring.weights = figure.own({0.5, 0.25, 0.25, 0.0});
  panel.marks.push_back(ring);
  const RecordingCanvas canvas = painted(panel);
  std::vector<double> spans;
  for (const auto& curve : canvas.curves) {
    double length = 0;
    for (std::size_t i = 0; i + 1 < curve.points.size(); ++i) {
      length +=
          std::hypot(curve.points[i + 1].x - curve.points[i].x, curve.points[i + 1].y - curve.points[i].y);
    }
    spans.push_back(length / 10);
  }
  ASSERT_EQ(spans.size(), 3u);
  EXPECT_NEAR(spans[0], std::numbers::pi - 0.1, 0.01);
  EXPECT_NEAR(spans[1], std::numbers::pi / 2 - 0.1, 0.01);
}

TEST(Ellipses, LieOnTheirLevelOfTheCovariance) {
  Panel panel = unit_panel();
  Ellipse e;
  e.x = 0.5, e.y = 0.4, e.xx = 0.04, e.xy = 0.01, e.yy = 0.02, e.sigmas = 1.5;
  panel.marks.push_back(e);
  const Transform t(panel, kPlot);
  const RecordingCanvas canvas = painted(panel);
  ASSERT_EQ(canvas.curves.size(), 1u);
  const double det = e.xx * e.yy - e.xy * e.xy;
  for (Px p : canvas.curves[0].points) {
    const double dx = t.x_at(p.x) - e.x, dy = t.y_at(p.y) - e.y;
    EXPECT_NEAR((e.yy * dx * dx - 2 * e.xy * dx * dy + e.xx * dy * dy) / det, 2.25, 1e-9);
  }
}

TEST(Heatmaps, DrawCellsWhileLargeAndOnePictureWhenSmall) {
  Figure figure;
  Panel panel = unit_panel();
  Heatmap map;
  map.rows = 2, map.columns = 3, map.values = figure.own({1, 2, 3, 4, 5, 6});
  map.cell_text = true;
  panel.marks = {map};
  const RecordingCanvas large = painted(panel);
  EXPECT_EQ(large.rects.size(), 6u);
  ASSERT_EQ(large.words.size(), 6u);
  EXPECT_LT(large.words[0].rect.y0, large.words[3].rect.y0);  // row 0 on top
  map.rows = map.columns = 60, map.values = figure.own(std::vector<double>(3600, 0.5));
  panel.marks = {map};
  const RecordingCanvas small = painted(panel);
  EXPECT_EQ(small.images.size(), 1u);
  EXPECT_NE(small.images[0].key, 0u);
  map.values = map.values.first(3599);  // too few values: nothing rather than a read past the end
  panel.marks = {map};
  EXPECT_TRUE(painted(panel).images.empty());
}

TEST(Hit, FindsTheNearestElementOfTheTopmostMark) {
  const Panel panel = sample_stage().panels[0];
  const Figure figure = sample_stage();
  const Panel& stage = figure.panels[0];
  const Transform t(stage, {0, 0, 600, 600});
  EXPECT_EQ(element_at(stage, t, t(1.0, -0.37)), (ElementId{ElementId::Kind::prototype, 1}));
  EXPECT_EQ(element_at(stage, t, t(0.33, -0.56)), (ElementId{ElementId::Kind::point, 325}));
  const auto& points =
      std::get<Scatter>(*std::find_if(stage.marks.begin(), stage.marks.end(),
                                      [](const Mark& m) { return std::holds_alternative<Scatter>(m); }));
  const Px at = t(points.x[100], points.y[100]);
  EXPECT_EQ(element_at(stage, t, {at.x + 0.2, at.y}).kind, ElementId::Kind::point);
  EXPECT_EQ(element_at(stage, t, {-100, -100}).kind, ElementId::Kind::none);
}

TEST(Painting, SurvivesFiguresFullOfNaN) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  Figure figure;
  Panel panel = unit_panel();
  const Values bad = figure.own({nan, inf, -inf, nan});
  panel.marks.push_back(Line{"", bad, bad, {}, 1, Dash::solid, 1, "label", false, 0.5, -8});
  panel.marks.push_back(Scatter{"", bad, bad, {}, {}, 0, {0, 1, 70, 0}, 2, 1});
  panel.marks.push_back(Bars{"", bad, bad, {}, 1, 0, false});
  panel.marks.push_back(Band{"", bad, bad, bad, {}});
  panel.marks.push_back(Ellipse{"", nan, 0, 1, 0, 1, 1, {}, 1, {}});
  panel.marks.push_back(Ellipse{"", 0, 0, -1, 0, -1, 1, {}, 1, {}});
  panel.marks.push_back(Marker{"", nan, nan, Shape::disc, {}, 4, 1, false, 1, {}});
  panel.marks.push_back(RingMark{"", inf, 0, bad, "x", {}});
  panel.marks.push_back(Heatmap{"", 2, 2, bad, 0, 1, 0, 1, true, 0, true});
  panel.marks.push_back(Text{nan, nan, "x", false, {}, 0, 0, Anchor::left, true, false});
  panel.marks.push_back(FieldMark{});
  PaintOptions options;
  options.place_labels = true;
  const RecordingCanvas canvas = painted(panel, options);
  for (const auto& curve : canvas.curves) {
    for (Px p : curve.points) EXPECT_TRUE(std::isfinite(p.x) && std::isfinite(p.y));
  }
}

TEST(Painting, BreaksACurveWhereALogarithmicAxisHasNoPlaceForIt) {
  Figure figure;
  Panel panel = unit_panel();
  panel.y = {"", "", 0.01, 100, Scale::log10, true, false, 5};
  const Values x = figure.own({-0.8, -0.6, -0.4, -0.2, 0, 0.2}), y = figure.own({1, 2, 0, 3, 4, -1});
  panel.marks.push_back(Line{"", x, y, {Role::accent}, 7.5, Dash::solid, 0, "label", false, 0.5, -8});
  PaintOptions options;
  options.place_labels = true;
  const RecordingCanvas canvas = painted(panel, options);
  std::vector<std::size_t> lengths;
  for (const auto& curve : canvas.curves)
    if (curve.stroke.width_px == 7.5) lengths.push_back(curve.points.size());
  EXPECT_EQ(lengths, (std::vector<std::size_t>{2, 2}));
  for (const auto& word : canvas.words) EXPECT_TRUE(std::isfinite(word.rect.y0)) << word.text;
}

TEST(Dashes, AlternateAtTheirLengths) {
  const std::array<Px, 3> corner = {{{0, 0}, {10, 0}, {10, 10}}};
  const auto dashes = cut_into_dashes(corner, {5, 4});
  ASSERT_EQ(dashes.size(), 3u);  // 0-5, 9-14 (round the corner), 18-20
  EXPECT_EQ(dashes[1].size(), 3u);
  EXPECT_DOUBLE_EQ(dashes[1].back().y, 4);
  EXPECT_DOUBLE_EQ(dashes[2].front().y, 8);
}

// A lit mark is outlined: nothing is filled over it.
TEST(Marks, OutlinesFillNothing) {
  Figure figure;
  Panel panel = unit_panel();
  Bars bars;
  bars.x = figure.own({0.8, -0.4}), bars.y = figure.own({0.3, 0.6});
  bars.width = 0.1, bars.horizontal = true, bars.ink = {{Role::accent}};
  const std::size_t filled = painted(panel).rects.size();
  panel.marks = {bars};
  EXPECT_EQ(painted(panel).rects.size(), filled + 2);
  std::get<Bars>(panel.marks[0]).outline_px = 2;
  EXPECT_EQ(painted(panel).rects.size(), filled);
  Marker ring{.x = 0.5, .y = 0.5, .shape = Shape::ring, .ink = {Role::accent}, .halo_px = 0};
  panel.marks = {ring};
  EXPECT_FALSE(painted(panel).discs.empty()) << "a ring stands on paper";
  std::get<Marker>(panel.marks[0]).clear = true;
  EXPECT_TRUE(painted(panel).discs.empty());
}

}  // namespace
}  // namespace iem::paint
