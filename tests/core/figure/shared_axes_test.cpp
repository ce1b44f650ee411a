// Axes are numbered once for the panels that share them, and for all others.
#include "core/figure/shared_axes.h"

#include <gtest/gtest.h>

namespace iem {
namespace {

Panel panel(const char* x, double to, const char* y) {
  Panel out;
  out.x.label = x, out.x.hi = to;
  out.y.label = y;
  return out;
}

TEST(SharedAxes, OfPanelsInColumnsAreNumberedAtTheLeftAndBelow) {
  Figure figure;
  figure.columns = 2;
  figure.panels = {panel("step", 10, "J"), panel("step", 10, "share"), panel("step", 10, "J"),
                   panel("eigenvalue", 10, "J")};
  const std::vector<Panel> shown = with_shared_axes(figure, columns_on(figure, 600));
  const auto x = [&](std::size_t i) { return shown[i].x.ticks && !shown[i].x.label.empty(); };
  const auto y = [&](std::size_t i) { return shown[i].y.ticks && !shown[i].y.label.empty(); };
  EXPECT_FALSE(x(0)) << "the one below has it";
  EXPECT_TRUE(x(1)) << "below it are eigenvalues";
  EXPECT_TRUE(x(2) && x(3));
  EXPECT_TRUE(y(0) && y(2));
  EXPECT_TRUE(y(1)) << "a share is no J";
  EXPECT_FALSE(y(3));
  EXPECT_GT(column_gap(shown, 2), column_gap({shown[2], shown[3]}, 2)) << "room for the numbers of the share";
}

TEST(SharedAxes, FewerColumnsFitANarrowPage) {
  Figure figure;
  figure.columns = 4;
  EXPECT_EQ(columns_on(figure, 2000), 4u);
  EXPECT_EQ(columns_on(figure, 300), 2u);
  EXPECT_EQ(columns_on(figure, 10), 1u);
}

}  // namespace
}  // namespace iem
