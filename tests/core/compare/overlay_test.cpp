// Figures of several runs in one: what their panels share where they are not the same panels.
#include "core/labs/kit/overlay.h"

#include <gtest/gtest.h>

namespace iem {
namespace {

Panel panel(const std::string& title, const std::string& axis, double lo, double hi) {
  Panel out;
  out.title = title;
  out.x = {.label = "step", .lo = 0, .hi = 10};
  out.y = {.label = axis, .lo = lo, .hi = hi};
  return out;
}

RunFigures run(const std::string& name, std::vector<Panel> panels, const std::string& sentence = {}) {
  Figure figure;
  figure.panels = std::move(panels);
  figure.sentence = sentence;
  return {name, 0, {std::move(figure)}};
}

TEST(FiguresOfRuns, ShareTheAxesOfPanelsThatMeasureTheSame) {
  const Figure all =
      figure_of_runs({run("a", {panel("J", "nats", 0, 1), panel("rate", "share", 0, 1)}),
                      run("b", {panel("J", "nats", -2, 0.5)}),
                      run("c", {panel("spectrum", "eigenvalue", 5, 9), panel("rate", "share", 0, 3)})},
                     {});
  ASSERT_EQ(all.panels.size(), 5u);
  const auto lo_hi = [&](std::size_t i) { return std::pair(all.panels[i].y.lo, all.panels[i].y.hi); };
  EXPECT_EQ(lo_hi(0), std::pair(-2., 1.));
  EXPECT_EQ(lo_hi(2), std::pair(-2., 1.));
  EXPECT_EQ(lo_hi(3), std::pair(5., 9.)) << "eigenvalues are no J";
  EXPECT_EQ(lo_hi(1), std::pair(0., 3.));
  EXPECT_EQ(lo_hi(4), std::pair(0., 3.));
  EXPECT_EQ(all.panels[0].title, "a: J");
  EXPECT_EQ(all.panels[2].title, "b");
}

TEST(FiguresOfRuns, HaveNothingToShowWhereNoRunHas) {
  const auto of = [](const char* first, const char* second) {
    return figure_of_runs({run("a", {panel("", "", 0, 1)}, first), run("b", {panel("", "", 0, 1)}, second)},
                          {})
        .sentence;
  };
  EXPECT_EQ(of("two prototypes have none", ""), "");
  EXPECT_EQ(of("none", "none"), "none");
}

}  // namespace
}  // namespace iem
