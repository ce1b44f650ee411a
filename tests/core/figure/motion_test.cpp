// Marks on their way from one figure to the next.
#include "core/figure/motion.h"

#include <gtest/gtest.h>

namespace iem {
namespace {

Figure figure_with(double x, double width) {
  Figure figure;
  Panel panel;
  panel.x = {.lo = 0, .hi = 10};
  panel.y = {.lo = 0, .hi = 10};
  panel.marks.push_back(Marker{.series = "a", .x = x, .y = 1});
  panel.marks.push_back(Marker{.series = "a", .x = x + 1, .y = 1});
  panel.marks.push_back(Ellipse{"e", x, 2, width, 0, width});
  panel.marks.push_back(Arrow{"step", x, 1, x + 2, 1});
  panel.marks.push_back(Line{.series = "way"});
  figure.panels.push_back(panel);
  return figure;
}

template <class Kind>
const Kind& mark(const Figure& figure, std::size_t i) {
  return std::get<Kind>(figure.panels[0].marks[i]);
}

TEST(FigureMotion, PutsEveryMarkPartOfTheWayFromWhereItWas) {
  const Figure before = figure_with(1, 1);
  Figure now = figure_with(3, 2);
  FigureMotion motion(places_of(before), now);
  EXPECT_TRUE(motion.moves());
  motion.set(0);
  EXPECT_EQ(mark<Marker>(now, 0).x, 1);
  EXPECT_EQ(mark<Marker>(now, 1).x, 2) << "the second of a series goes with the second";
  motion.set(0.5);
  EXPECT_EQ(mark<Marker>(now, 0).x, 2);
  EXPECT_EQ(mark<Ellipse>(now, 2).xx, 1.5);
  EXPECT_EQ(mark<Arrow>(now, 3).x1, 4);
  motion.set(1);
  EXPECT_EQ(places_of(now), places_of(figure_with(3, 2))) << "to the last bit";
}

TEST(FigureMotion, LeavesAloneWhatWasNotThereOrIsFarAway) {
  Figure now = figure_with(3, 2), before;
  EXPECT_FALSE(FigureMotion(places_of(before), now).moves());
  EXPECT_FALSE(FigureMotion(places_of(now), now).moves());
  before = figure_with(9, 2);
  FigureMotion motion(places_of(before), now);
  motion.set(0);
  EXPECT_EQ(mark<Marker>(now, 0).x, 3) << "more than half the panel";
}

}  // namespace
}  // namespace iem
