#include "core/field/contour.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace iem {
namespace {

template <class F>
std::vector<double> sampled(int rows, int columns, double x0, double x1, double y0, double y1, F f) {
  std::vector<double> values;
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      values.push_back(f(x0 + (x1 - x0) * j / (columns - 1), y0 + (y1 - y0) * i / (rows - 1)));
    }
  }
  return values;
}

std::size_t pieces(const Polylines& lines) {
  std::size_t n = lines.x.empty() ? 0 : 1;
  for (double v : lines.x) n += std::isnan(v) ? 1 : 0;
  return n;
}

TEST(IsoLines, OfACircleIsOneClosedLoopOnTheCircle) {
  const auto values = sampled(81, 101, -2, 2, -1.5, 1.5, [](double x, double y) { return x * x + y * y; });
  const Polylines lines = iso_lines(values, 81, 101, -2, 2, -1.5, 1.5, 1);
  ASSERT_EQ(pieces(lines), 1u);
  ASSERT_GT(lines.x.size(), 50u);
  for (std::size_t i = 0; i < lines.x.size(); ++i) EXPECT_NEAR(std::hypot(lines.x[i], lines.y[i]), 1, 1e-3);
  EXPECT_EQ(lines.x.front(), lines.x.back());
  EXPECT_EQ(lines.y.front(), lines.y.back());
}

TEST(IsoLines, OfALinearFunctionAreExactAndOpen) {
  const auto f = [](double x, double y) { return 3 * x - y; };
  const Polylines lines = iso_lines(sampled(7, 9, 0, 1, 0, 2, f), 7, 9, 0, 1, 0, 2, 0.5);
  ASSERT_EQ(pieces(lines), 1u);
  for (std::size_t i = 0; i < lines.x.size(); ++i) EXPECT_NEAR(f(lines.x[i], lines.y[i]), 0.5, 1e-12);
  EXPECT_NE(lines.y.front(), lines.y.back());
}

TEST(IsoLines, AtASaddleDoNotCross) {
  // Corners 1 0 / 0 1: the mean 0.5 is above 0.4 (the ridge is joined) and below 0.6 (it is cut).
  const std::vector<double> values = {1, 0, 0, 1};
  for (double level : {0.4, 0.6}) {
    const Polylines lines = iso_lines(values, 2, 2, 0, 1, 0, 1, level);
    ASSERT_EQ(pieces(lines), 2u);
    ASSERT_EQ(lines.x.size(), 5u);
    const double x = 0.5 * (lines.x[0] + lines.x[1]), y = 0.5 * (lines.y[0] + lines.y[1]);
    // Joined: the low corners (1, 0) and (0, 1) are cut off; cut: the high ones are.
    const bool cuts_low_corner = (x > 0.5) != (y > 0.5);
    EXPECT_EQ(cuts_low_corner, level < 0.5) << x << " " << y;
  }
}

TEST(IsoLines, SkipCellsThatAreNotFinite) {
  auto values = sampled(11, 11, 0, 1, 0, 1, [](double x, double) { return x; });
  values[5 * 11 + 5] = std::numeric_limits<double>::quiet_NaN();
  const Polylines lines = iso_lines(values, 11, 11, 0, 1, 0, 1, 0.45);
  EXPECT_EQ(pieces(lines), 2u);  // the line x = 0.45 is interrupted beside the hole
  for (std::size_t i = 0; i < lines.x.size(); ++i) {
    if (!std::isnan(lines.x[i])) {
      EXPECT_NEAR(lines.x[i], 0.45, 1e-12);
    }
  }
}

TEST(IsoLines, AreJoinedWithOneGapBetweenPieces) {
  Polylines lines;
  append(lines, {});
  EXPECT_TRUE(lines.x.empty()) << "no gap where there is no line";
  append(lines, {{1, 2}, {3, 4}});
  append(lines, {});
  append(lines, {{5, 6}, {7, 8}});
  ASSERT_EQ(lines.x.size(), 5u);
  EXPECT_TRUE(std::isnan(lines.x[2]) && std::isnan(lines.y[2]));
  EXPECT_EQ(lines.x[4], 6);
}

TEST(IsoLines, OfNothingAreNothing) {
  EXPECT_TRUE(iso_lines({}, 0, 0, 0, 1, 0, 1, 0).x.empty());
  const std::vector<double> flat(9, 1.0);
  EXPECT_TRUE(iso_lines(flat, 3, 3, 0, 1, 0, 1, 2).x.empty());
}

}  // namespace
}  // namespace iem
