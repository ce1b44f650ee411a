// What is cut to a rectangle is the part of the whole that lies in it, however far the rest reaches.
#include "app/paint/clip.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "app/paint/bounded_canvas.h"
#include "app/paint/figure_painter.h"
#include "app/paint/shapes.h"
#include "tests/app/recording_canvas.h"

namespace iem::paint {
namespace {

const PxRect kRect{0, 0, 100, 50};
const double kNan = std::numeric_limits<double>::quiet_NaN();

double length_of(const std::vector<std::vector<Px>>& runs) {
  double sum = 0;
  for (const auto& run : runs)
    for (std::size_t i = 1; i < run.size(); ++i)
      sum += std::hypot(run[i].x - run[i - 1].x, run[i].y - run[i - 1].y);
  return sum;
}

TEST(ClipLine, KeepsWhatIsInsideWhereverTheEndsAre) {
  for (const double far : {101.0, 1e4, 1e10, 1e20, 1e100, 1e300, 1e308}) {
    const std::array<Px, 2> out = {{{10, 25}, {far, 25}}}, back = {{{far, 25}, {10, 25}}},
                            through = {{{-far, 25}, {far, 25}}};
    for (const auto& line : {out, back}) {
      const auto runs = clip_line(line, kRect, false);
      ASSERT_EQ(runs.size(), 1u) << far;
      EXPECT_NEAR(length_of(runs), 90, 1e-9) << far;
    }
    const auto runs = clip_line(through, kRect, false);
    ASSERT_EQ(runs.size(), 1u) << far;
    EXPECT_NEAR(length_of(runs), 100, 1e-9) << far;
    EXPECT_TRUE(clip_line(std::array<Px, 2>{{{-far, 51}, {far, 51}}}, kRect, false).empty());
  }
}

TEST(ClipLine, LiftsThePenOutsideAndWhereNothingIsFinite) {
  const std::vector<Px> zigzag = {{10, 10}, {10, 90}, {20, 90}, {20, 10}, {kNan, 0}, {30, 10}, {40, 10}};
  const auto runs = clip_line(zigzag, kRect, false);
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_NEAR(length_of(runs), 40 + 40 + 10, 1e-12);
  EXPECT_TRUE(clip_line(std::vector<Px>{{kNan, kNan}, {INFINITY, 1}}, kRect, false).empty());
}

TEST(ClipLine, OfAClosedOutlineIsOneLineThroughItsFirstPoint) {
  const std::vector<Px> square = {{50, 10}, {80, 10}, {80, 90}, {20, 90}, {20, 10}};
  const auto runs = clip_line(square, kRect, true);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_NEAR(length_of(runs), 40 + 60 + 40, 1e-12);
}

// Dashes of the part are those of the whole: a dash begins where one would have.
TEST(ClipLine, BeginsAtAWholeDash) {
  const DashPattern pattern{5, 4};
  for (const double start : {-3.0, -100.0, -1234.5}) {
    const std::array<Px, 2> line = {{{start, 20}, {90, 20}}};
    const auto runs = clip_line(line, kRect, false, pattern.on + pattern.off);
    ASSERT_EQ(runs.size(), 1u);
    EXPECT_GT(runs[0][0].x, -9.0001);
    EXPECT_LE(runs[0][0].x, 0);
    EXPECT_NEAR(std::remainder(runs[0][0].x - start, 9), 0, 1e-9);
  }
}

TEST(ClipArea, IsTheIntersection) {
  const auto area = [](const std::vector<Px>& p) {
    double twice = 0;
    for (std::size_t i = 0, j = p.size() - 1; i < p.size(); j = i++)
      twice += p[j].x * p[i].y - p[i].x * p[j].y;
    return std::abs(twice) / 2;
  };
  for (const double far : {200.0, 1e10, 1e100, 1e308}) {
    const std::array<Px, 4> large = {{{-far, -far}, {far, -far}, {far, far}, {-far, far}}};
    EXPECT_NEAR(area(clip_area(large, kRect)), 5000, 1e-6) << far;
    EXPECT_TRUE(clip_area(std::array<Px, 3>{{{far, far}, {far, 0}, {far / 2, far}}}, kRect).empty());
  }
  EXPECT_TRUE(clip_area(std::array<Px, 3>{{{0, 0}, {1, kNan}, {5, 5}}}, kRect).empty());
}

TEST(ClipBand, StaysBetweenItsCurvesAndInside) {
  const std::vector<Px> upper = {{10, 10}, {50, -1e12}, {90, 10}, {1e9, 10}},
                        lower = {{10, 40}, {50, 1e12}, {90, 40}, {1e9, 40}};
  const auto pieces = clip_band(upper, lower, kRect);
  ASSERT_EQ(pieces.size(), 1u);
  ASSERT_EQ(pieces[0].upper.size(), pieces[0].lower.size());
  EXPECT_DOUBLE_EQ(pieces[0].upper.back().x, 100);
  for (std::size_t i = 0; i < pieces[0].upper.size(); ++i) {
    EXPECT_TRUE(kRect.contains(pieces[0].upper[i]));
    EXPECT_TRUE(kRect.contains(pieces[0].lower[i]));
    EXPECT_LE(pieces[0].upper[i].y, pieces[0].lower[i].y);
  }
}

TEST(Dashes, OfALineWithoutEndAreNotCut) {
  for (const double far : {1e7, 1e12, 1e300, 1e308}) {
    const std::array<Px, 2> line = {{{0, 0}, {far, far}}};
    EXPECT_LE(cut_into_dashes(line, {1, 3}).size(), 20'000u);
  }
}

// The arrow to an EM target of a run that has diverged.
TEST(BoundedCanvas, KeepsEverythingNearThePlot) {
  const PxRect plot{0, 0, 300, 200};
  RecordingCanvas seen;
  BoundedCanvas canvas(seen, plot);
  Arrow arrow;
  arrow.dash = Dash::dashed;
  for (const double far : {1e5, 1e10, 1e150, 1e308}) {
    paint_arrow(canvas, {150, 100}, {far, -far}, arrow, {{0, 0, 0}, 1}, {1, 1, 1});
    canvas.fill_rect({-far, 50, far, 60}, {}, 2);
    canvas.disc({far, 10}, 5, {}, 1, {});
    canvas.circle({10, far}, 5, {});
    canvas.text("far", {far, far}, {});
    canvas.formula("x", {kNan, 1}, {});
    canvas.image({1, 1, {0, 0, 0, 0}, 0}, {far, far, 2 * far, 2 * far}, true);
    canvas.discs(std::array<Disc, 2>{{{{10, 10}, 2, {}}, {{far, far}, 2, {}}}}, 1, {});
  }
  const PxRect bounds = plot.grown(BoundedCanvas::kAround);
  EXPECT_EQ(seen.curves.size(), 8u);  // halo and shaft of each arrow
  for (const auto& curve : seen.curves) {
    ASSERT_EQ(curve.points.size(), 2u);
    for (const Px& p : curve.points) EXPECT_TRUE(bounds.contains(p)) << p.x << " " << p.y;
  }
  EXPECT_EQ(seen.rects.size(), 4u);
  for (const PxRect& r : seen.rects) EXPECT_LE(r.width(), bounds.width());
  EXPECT_EQ(seen.discs.size(), 4u);
  EXPECT_TRUE(seen.words.empty());
  EXPECT_TRUE(seen.images.empty());
  EXPECT_TRUE(seen.polygons.empty());  // all heads are outside
}

// A map of very many cells, looked at closely, costs what is seen of it.
TEST(Heatmap, DrawsTheCellsInThePlotOnly) {
  std::vector<double> values(1000 * 1000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i % 7);
  Heatmap map{.series = "map", .rows = 1000, .columns = 1000, .values = values};
  map.x0 = map.y0 = 0, map.x1 = map.y1 = 1000;
  Panel panel;
  panel.grid = false;
  panel.x.lo = 500, panel.x.hi = 510, panel.y.lo = 200, panel.y.hi = 205;
  panel.marks = {map};
  const PxRect plot{0, 0, 300, 150};
  RecordingCanvas canvas;
  const Transform to_px(panel, plot);
  paint_shapes(panel, to_px, theme(ThemeId::light), canvas, {});
  ASSERT_GE(canvas.rects.size(), 50u);
  EXPECT_LE(canvas.rects.size(), 12u * 7u);
  // Each cell where it was: row 0 at the top, so y = 200 .. 205 are rows 795 .. 799.
  for (const PxRect& r : canvas.rects) {
    const double x = to_px.x_at(0.5 * (r.x0 + r.x1)), y = to_px.y_at(0.5 * (r.y0 + r.y1));
    EXPECT_NEAR(x - std::floor(x), 0.5, 1e-6);
    EXPECT_NEAR(y - std::floor(y), 0.5, 1e-6);
  }
}

}  // namespace
}  // namespace iem::paint
