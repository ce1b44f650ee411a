#include "core/figure/log_axis.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/labs/registry.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/support/scenes.h"
#include "tests/support/small_atlas.h"

namespace iem {
namespace {

Panel curves(const std::vector<double>& x, const std::vector<double>& y) {
  Panel panel;
  panel.x.hi = 3;
  panel.y.lo = -1;
  panel.y.hi = 100;
  panel.marks.push_back(Line{.series = "loss", .x = x, .y = y, .ink = {}});
  panel.marks.push_back(Marker{.series = "start", .x = 0, .y = 100});
  return panel;
}

TEST(LogAxis, BeginsAtTheSmallestPositiveNumberAndLeavesTheRestOut) {
  const std::vector<double> x = {0, 1, 2, 3}, y = {100, 10, 0, -1};
  const Panel in_y = on_log_axis(curves(x, y), false);
  EXPECT_EQ(in_y.y.scale, Scale::log10);
  EXPECT_DOUBLE_EQ(in_y.y.lo, 9);
  EXPECT_DOUBLE_EQ(in_y.y.hi, 100);
  EXPECT_EQ(in_y.marks.size(), 2u);
  const Panel in_x = on_log_axis(curves(x, y), true);
  EXPECT_EQ(in_x.x.scale, Scale::log10);
  EXPECT_DOUBLE_EQ(in_x.x.lo, 1);
  EXPECT_EQ(in_x.marks.size(), 1u);  // the marker at step 0 has no place
}

TEST(LogAxis, IsRefusedWhereNothingIsPositiveOrThePanelIsNoneOfCurves) {
  const std::vector<double> x = {0, 1}, y = {0, -1};
  EXPECT_FALSE(can_be_log(curves(x, y), false));
  EXPECT_EQ(on_log_axis(curves(x, y), false).y.scale, Scale::linear);
  const std::vector<double> up = {1, 2};
  Panel plane = curves(x, up);
  EXPECT_TRUE(can_be_log(plane, false));
  plane.marks.push_back(Ellipse{});
  EXPECT_FALSE(can_be_log(plane, false));
}

// Every figure of every lab: a range that can be drawn, whichever axis is asked for.
TEST(LogAxis, OfEveryFigureHasARange) {
  int could = 0;
  for (const Lab* lab : labs()) {
    const std::string scene = test::scenes_of_every_kind_of(lab->id()).at(0);
    iem::Run run(load_scene(scene), std::make_shared<ThreadPool>(1));
    for (int i = 0; i < 3; ++i) run.step();
    const auto snapshot = take_snapshot(run);
    const Config seen = test::with_small_atlas(snapshot->config());
    for (const FigureType& type : lab->figures()) {
      const Figure figure = lab->figure(type.id, *snapshot, {seen, {}, {}});
      for (const Panel& panel : figure.panels)
        for (const bool of_x : {true, false}) {
          const Panel log = on_log_axis(panel, of_x);
          const Axis& axis = of_x ? log.x : log.y;
          if (axis.scale != Scale::log10) continue;
          ++could;
          EXPECT_GT(axis.lo, 0) << type.id;
          EXPECT_GT(axis.hi, axis.lo) << type.id;
        }
    }
  }
  EXPECT_GE(could, 10);
}

}  // namespace
}  // namespace iem
