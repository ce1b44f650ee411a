// Hovering a curve over steps says the number of that curve, in every figure of every lab.
#include "core/figure/read_out.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "core/labs/kit/lab.h"
#include "tests/core/support.h"
#include "tests/support/scenes.h"
#include "tests/support/small_atlas.h"

namespace iem {
namespace {

TEST(ReadOut, IsTheSampleOrWhatIsDrawnBetweenTwo) {
  const std::vector<double> x = {0, 1, 2, 4}, y = {10, 20, std::nan(""), 40}, all = {0, 1, 2, 4};
  Panel panel;
  panel.marks = {Line{.series = "a", .x = x, .y = y}, Line{.series = "b", .x = all, .y = all}};
  std::get<Line>(panel.marks[1]).read_as = "called b";
  const auto names_at = [&](double at) {
    std::string out;
    for (const CurveValue& c : read_out(panel, at)) out += c.name + " " + std::to_string(c.y) + ";";
    return out;
  };
  EXPECT_EQ(names_at(1), "a 20.000000;called b 1.000000;");
  EXPECT_EQ(names_at(0.5), "a 15.000000;called b 0.500000;");
  EXPECT_EQ(names_at(2), "called b 2.000000;") << "the pen is lifted";
  EXPECT_EQ(names_at(3), "called b 3.000000;");
  EXPECT_EQ(names_at(4), "a 40.000000;called b 4.000000;");
  EXPECT_EQ(names_at(-1) + names_at(4.5), "") << "beyond its ends a curve says nothing";
  panel.y.scale = Scale::log10;
  EXPECT_EQ(names_at(0.5), "a 14.142136;") << "straight on a logarithmic axis, and nothing beside a gap";
  EXPECT_EQ(names_at(0), "a 10.000000;called b 0.000000;") << "a step has its number, drawn or not";
}

// How many numbers of a panel were compared.
int expect_own_values(const Panel& panel, std::int64_t last, const std::string& where) {
  int compared = 0;
  for (std::int64_t step = 0; step <= last; ++step) {
    const auto at = static_cast<double>(step);
    const std::vector<CurveValue> said = read_out(panel, at);
    std::size_t next = 0;
    for (const Mark& mark : panel.marks) {
      const auto* line = std::get_if<Line>(&mark);
      if (!line) continue;
      EXPECT_TRUE(std::ranges::is_sorted(line->x)) << where << line->series;
      const auto sample = std::ranges::find(line->x, at);
      if (sample == line->x.end()) {
        if (next < said.size() && said[next].name == line->series) ++next;  // between two of its samples
        continue;
      }
      const double own = line->y[static_cast<std::size_t>(sample - line->x.begin())];
      if (!std::isfinite(own)) continue;
      if (next >= said.size()) {
        ADD_FAILURE() << where << line->series << " says nothing at step " << step;
        return compared;
      }
      EXPECT_EQ(said[next].y, own) << where << line->series << " at step " << step;
      EXPECT_TRUE(line->series.starts_with(said[next].name)) << where << said[next].name;
      ++next, ++compared;
    }
  }
  return compared;
}

TEST(ReadOut, SaysOfEveryCurveOverStepsItsOwnValueInEveryFigureOfEveryLab) {
  constexpr std::int64_t kLast = 12;
  std::map<std::string, std::set<std::string>> over_steps;
  for (const std::string& name : test::scenes_of_every_kind()) {
    iem::Run run(load_scene(name), testing::pool());
    run.seek(kLast);
    run.seek(5);  // a known future
    const auto snapshot = take_snapshot(run);
    const Lab& lab = lab_of(*snapshot->setup);
    const Config seen = test::with_small_atlas(snapshot->config());
    for (const FigureType& type : lab.figures()) {
      const Figure figure = lab.figure(type.id, *snapshot, {seen, {}, {}});
      for (const Panel& panel : figure.panels) {
        const std::string where = name + ", " + type.id + ": ";
        EXPECT_EQ(panel.x.quantity == Quantity::step && !panel.x.label.empty(), panel.x.label == "step")
            << where;
        if (panel.x.quantity != Quantity::step) continue;
        if (expect_own_values(panel, snapshot->last_step(), where) > 0) over_steps[lab.id()].insert(type.id);
      }
    }
  }
  EXPECT_EQ(over_steps["mixture"], (std::set<std::string>{"loss", "usage", "entropy", "convergence"}));
  EXPECT_EQ(over_steps["attention"], (std::set<std::string>{"loss", "entropy", "timescales"}));
  EXPECT_EQ(over_steps["activation"], std::set<std::string>{"loss"});
}

TEST(ReadOut, OfUsageIsTheShareOfAPrototypeNotTheLoss) {
  iem::Run run(load_scene("three_blobs"), testing::pool());
  run.seek(6);
  const auto snapshot = take_snapshot(run);
  const Figure figure = lab_of(*snapshot->setup).figure("usage", *snapshot, {snapshot->config(), {}, {}});
  const std::vector<CurveValue> said = read_out(figure.panels[0], 4);
  ASSERT_EQ(said.size(), 3u);
  double sum = 0;
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_EQ(said[j].name, "prototype " + std::to_string(j + 1));
    EXPECT_EQ(said[j].y, run.history().trail(4)[3 * j + 2]);
    sum += said[j].y;
  }
  EXPECT_NEAR(sum, 1, 1e-12);
}

}  // namespace
}  // namespace iem
