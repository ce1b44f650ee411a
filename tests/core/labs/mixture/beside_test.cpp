// What the mixture's stage and tracks show of another run and of theory: the difference field, the critical
// temperature.
#include <algorithm>
#include <cmath>

#include "core/field/field.h"
#include "core/labs/kit/lab.h"
#include "core/run/comparison.h"
#include "core/run/metric.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

// At cell centres against L of either run by itself; the same run differs nowhere, and alone there is no map.
TEST(DifferenceField, IsThisRunsLevelMinusTheOthers) {
  Comparison runs(rule_run_with("gd", "learning_rate = 0.3"));
  runs.add({.name = "EM", .settings = {{"optimizer.method", std::string("em"), 0}}});
  runs.seek(6);
  auto s = take_snapshot(runs.first());
  Config view = s->config();
  view.set("view.field", std::string("difference"));
  const auto map_in = [](const Figure& figure) -> const Heatmap* {
    for (const Mark& mark : figure.panels.at(0).marks)
      if (const auto* map = std::get_if<Heatmap>(&mark)) return map;
    return nullptr;
  };
  const Lab& lab = lab_of(*s->setup);
  const Figure alone = lab.figure("stage", *s, {view, {}, {}});
  EXPECT_EQ(map_in(alone), nullptr);
  EXPECT_NE(alone.caption.find("no other run"), std::string::npos);
  s->lanes = runs.compared();
  const Figure figure = lab.figure("stage", *s, {view, {}, {}});
  const Heatmap* map = map_in(figure);
  ASSERT_NE(map, nullptr);
  EXPECT_TRUE(map->is_signed);
  const auto level = [&](const Theta& theta, double x, double y) {
    std::vector<double> r(8);
    return field_responsibilities(mixture_in(runs.first()).field(theta, 1, FieldKind::density), x, y,
                                  r.data());
  };
  int checked = 0;
  for (int row = 0; row < map->rows; row += 17)
    for (int column = 0; column < map->columns; column += 13) {
      const double x = map->x0 + (column + 0.5) / map->columns * (map->x1 - map->x0);
      const double y = map->y1 - (row + 0.5) / map->rows * (map->y1 - map->y0);
      const double expected = level(runs.run(0).state().theta, x, y) - level(runs.run(1).state().theta, x, y);
      const double shown = map->values[static_cast<std::size_t>(row * map->columns + column)];
      EXPECT_NEAR(shown, expected, 1e-9 * std::max(1.0, std::abs(expected)));
      ++checked;
    }
  EXPECT_GT(checked, 40);
  s->lanes[0].state = s->state;
  const Figure same = lab.figure("stage", *s, {view, {}, {}});
  EXPECT_EQ(map_in(same), nullptr) << "they differ nowhere";
}

TEST(TrackMarks, TheCriticalTemperatureIsTheMetricAndOnlyWhereThereIsOne) {
  int marked = 0, unmarked = 0;
  for (const std::string model :
       {"covariance = \"spherical\"", "covariance = \"full\"", "energy = \"laplace\""}) {
    iem::Run run = rule_run_with("gd", "", model);
    for (const std::int64_t step : {0, 4}) {
      run.seek(step);
      const auto s = take_snapshot(run);
      const auto marks = lab_of(*s->setup).track_marks(*s);
      const auto& metrics = run.setup().scene.problem->metrics();
      const auto metric = std::ranges::find(metrics, "critical_temperature", &Metric::id);
      ASSERT_NE(metric, metrics.end());
      if (!metric->unavailable(run).empty()) {
        EXPECT_TRUE(marks.empty());
        ++unmarked;
        continue;
      }
      ASSERT_EQ(marks.size(), 1u);
      EXPECT_EQ(marks[0].key, "model.temperature");
      EXPECT_EQ(marks[0].value, metric->value(run, {}).data.at(0));
      ++marked;
    }
  }
  EXPECT_GE(marked, 1);
  EXPECT_GE(unmarked, 2);
}

}  // namespace
}  // namespace iem::testing
