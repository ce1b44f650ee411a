// The lab around it: what scenes may say, what is kept when its shape changes, hands on its lines, and the
// numbers its inspector shows.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/labs/kit/lab.h"
#include "core/labs/layer/figures/lines.h"
#include "core/labs/layer/model/layer.h"
#include "core/session/scene_file.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"
#include "tests/core/tex_evaluator.h"

namespace iem {
namespace {

using testing::pool;

iem::Run layer_run(const std::string& toml) {
  return iem::Run(parse_scene("format = 1\nlab = \"layer\"\n" + toml, "s.toml"), pool());
}
std::string layer_refusal(const std::string& toml) {
  return error_of([&] { layer_run(toml); });
}
const Layer& layer_in_run(const iem::Run& run) { return static_cast<const Layer&>(*run.setup().model); }

TEST(LayerLab, TakesPointsOfAnyWidth) {
  EXPECT_EQ(layer_in_run(layer_run("")).inputs(), 2);
  const iem::Run digits = layer_run("data.source = \"digits\"\n");
  EXPECT_EQ(layer_in_run(digits).inputs(), 64);
  EXPECT_EQ(digits.setup().data->size(), 1797);
  EXPECT_EQ(digits.setup().data->points.maxCoeff(), 1);
  EXPECT_EQ(digits.setup().data->points.minCoeff(), 0);
  EXPECT_EQ(digits.setup().data->labels.maxCoeff(), 9);
  EXPECT_EQ(layer_in_run(layer_run("data.points = [[1, 2, 3], [4, 5, 7]]\n")).inputs(), 3);
  EXPECT_EQ(
      layer_in_run(layer_run("data.path = \"builtin:digits.npy\"\ndata.columns = [11, 12, 13]\n")).inputs(),
      3);
  EXPECT_EQ(layer_in_run(layer_run("data.path = \"builtin:penguins.csv\"\n")).inputs(), 2);
}

TEST(LayerLab, SaysWhatDoesNotFitAtItsKey) {
  const std::vector<std::pair<std::string, std::string>> refused = {
      {"data.points = [[1], [2]]\n", "data.points"},
      {"data.path = \"builtin:penguins.csv\"\ndata.columns = [1]\n", "data.columns"},
      {"data.source = \"uniform\"\nmodel.readout = true\n", "model.readout"},
      {"model.learn = [\"W_2\"]\n", "model.learn"},
      {"model.init = \"explicit\"\n", "model.init"},
      {"model.init = \"explicit\"\nmodel.W = [[1, 2]]\n", "model.W"},
      {"model.units = 1\nmodel.init = \"explicit\"\nmodel.W = [[1, 2]]\nmodel.b = [1, 2]\n", "model.b"},
      {"model.units = 1\nmodel.init = \"explicit\"\nmodel.W = [[1, 2, 3]]\n", "model.W"},
      {"optimizer.method = \"em\"\n", "optimizer.method"}};
  for (const auto& [toml, key] : refused) {
    const std::string message = layer_refusal(toml);
    EXPECT_TRUE(message.starts_with("s.toml:")) << toml << message;
    EXPECT_NE(message.find(key), std::string::npos) << toml << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

TEST(LayerLab, KeepsUnitsWhereItCanAndBeginsAnewWhereTheInputsAreOthers) {
  iem::Run run = layer_run("[optimizer]\nmethod = \"adam\"\n");
  run.seek(5);
  const Theta before = run.state().theta;
  run.apply({"model.units", std::int64_t{9}, 0});
  EXPECT_EQ(layer_in_run(run).units(), 9);
  EXPECT_EQ(run.state().theta.head(12), before.head(12));
  run.apply({"model.units", std::int64_t{2}, 0});
  EXPECT_EQ(run.state().theta.head(4), before.head(4));
  run.apply({"data.source", std::string("digits"), 0});
  EXPECT_EQ(run.state().theta.size(), 2 * 65);
  run.seek(7);
  EXPECT_TRUE(run.state().theta.allFinite());
  run.apply({"model.readout", true, 0});
  EXPECT_EQ(run.state().theta.size(), 2 * 65 + 10 * 2 + 10);
}

// Where a handle is put, there it is drawn afterwards.
TEST(LayerLab, HandlesStandWhereTheHandIs) {
  const iem::Run start = layer_run("seed = 3\n");
  const auto taken = take_snapshot(start);
  const Lab& lab = lab_of(start.setup());
  const View view{taken->config(), {}, {}};
  int moved = 0;
  for (const Handle& handle : lab.handles())
    for (int j = 0; j < 6; ++j)
      for (const Eigen::Vector2d& to : {Eigen::Vector2d(0.4, -1.2), Eigen::Vector2d(-3, 2.5)}) {
        const Drag drag{*taken, *taken, view, j, to[0], to[1], to[0], to[1]};
        const auto edit = handle.moved(drag);
        ASSERT_TRUE(edit.has_value());
        iem::Run run = start;
        run.apply(*edit);
        const auto now = take_snapshot(run);
        const auto line = unit_line(*now, j);
        ASSERT_TRUE(line.has_value());
        const auto before = unit_line(*taken, j);
        if (handle.kind == ElementId::Kind::prototype) {
          EXPECT_NEAR(line->coordinate(to), 0, 1e-12);
          EXPECT_NEAR((line->w - before->w).norm(), 0, 1e-15) << "it slides";
        } else if ((line->mark + line->normal - to).norm() > 1e-9) {
          // Nearer to the line than it can be squeezed.
          EXPECT_LT(line->normal.norm(), 0.021 * before->normal.norm());
          continue;
        } else {
          EXPECT_NEAR(line->coordinate(to), 1, 1e-9);
        }
        ++moved;
      }
  EXPECT_GT(moved, 18);
}

TEST(LayerLab, TheMarkLiesOnItsLineAndTheRingWhereZIsOne) {
  for (const iem::Run& run : {layer_run(""), layer_run("model.units = 40\n")}) {
    const auto s = take_snapshot(run);
    for (Eigen::Index j = 0; j < layer_in_run(run).units(); ++j) {
      const auto line = unit_line(*s, j);
      ASSERT_TRUE(line.has_value());
      EXPECT_NEAR(line->coordinate(line->mark), 0, 1e-10);
      EXPECT_NEAR(line->coordinate(line->mark + line->normal), 1, 1e-10);
    }
  }
  EXPECT_FALSE(line_of({0, 0}, 1, {0, 0}).has_value());
  EXPECT_FALSE(line_of({1e-200, 0}, 1, {0, 0}).has_value());
}

// Every line the inspector shows adds up as it is shown.
TEST(LayerLab, ShownLinesAddUp) {
  int lines = 0;
  for (const std::string distance : {"abs", "square", "relu", "softplus"})
    for (const char* more :
         {"", "model.temperature = 0.4\n", "data.source = \"moons\"\nmodel.readout = true\n"}) {
      iem::Run run = layer_run("model.distance = \"" + distance + "\"\n" + more);
      run.seek(3);
      const auto s = take_snapshot(run);
      const Lab& lab = lab_of(run.setup());
      for (const int point : {0, 11, 44}) {
        const Inspection shown = lab.inspect(*s, {ElementId::Kind::point, point}, -1);
        EXPECT_EQ(shown.title, "Point " + std::to_string(point));
        EXPECT_GE(shown.formulas.size(), 6U);
        for (const FormulaLine& line : shown.formulas) {
          int values = 0;
          EXPECT_TRUE(testing::adds_up(line, &values));
          lines += values > 0 ? 1 : 0;
        }
      }
      const Inspection unit = lab.inspect(*s, {ElementId::Kind::prototype, 2}, -1);
      EXPECT_EQ(unit.title, "Unit 3");
      EXPECT_GE(unit.quantities.size(), 6U);
    }
  EXPECT_GT(lines, 50);
}

// The counts of the confusion figure are those of the run's accuracy.
// A unit's number, its bar and its distance share the strip below its tile; what stands right of the tiles is
// said in the caption, for its words have no room on narrow paper.
TEST(LayerLab, BarsOfFiltersEndBeforeTheNumbers) {
  iem::Run run(load_scene("digits_part"), testing::pool());
  run.seek(3);
  const auto s = take_snapshot(run);
  Config view = s->config();
  view.set("view.pinned", std::int64_t{5});
  const Figure figure = lab_of(*s->setup).figure("stage", *s, {view, {}, {}});
  EXPECT_NE(figure.caption.find("Right: the point"), std::string::npos) << figure.caption;
  std::map<std::string, double> right;
  int bars = 0;
  for (const Mark& mark : figure.panels[0].marks) {
    if (const auto* tile = std::get_if<Heatmap>(&mark)) right[tile->series] = tile->x1;
    const auto* bar = std::get_if<Line>(&mark);
    if (!bar || !bar->series.starts_with("d ")) continue;
    EXPECT_LE(bar->x[1], right.at("unit " + bar->series.substr(2)) - 3);  // pixels of a tile of 8
    ++bars;
  }
  EXPECT_GT(bars, 0);
}

TEST(LayerLab, ConfusionCountsWhatAccuracySays) {
  for (const char* calibrate : {"true", "false"}) {
    iem::Run run = layer_run("data.source = \"moons\"\nmodel.readout = true\nmodel.calibrate = " +
                             std::string(calibrate) + "\noptimizer.learning_rate = 0.3\n");
    run.seek(20);
    const auto s = take_snapshot(run);
    const Figure figure = lab_of(run.setup()).figure("confusion", *s, {s->config(), {}, {}});
    for (const Mark& mark : figure.panels[0].marks)
      if (const auto* map = std::get_if<Heatmap>(&mark)) {
        double all = 0;
        for (const double count : map->values) all += count;
        EXPECT_EQ(all, 300);
        EXPECT_NEAR((map->values[0] + map->values[3]) / all, s->evaluation.metrics[kReadoutAccuracy], 1e-12);
      }
  }
}

std::vector<std::string> figure_texts(const char* scene, int step, const char* id) {
  iem::Run run(load_scene(scene), testing::pool());
  run.seek(step);
  const auto s = take_snapshot(run);
  const Figure figure = lab_of(run.setup()).figure(id, *s, {s->config(), {}, {}});
  std::vector<std::string> out;
  for (const Mark& mark : figure.panels.at(0).marks)
    if (const auto* text = std::get_if<Text>(&mark)) out.push_back(text->text);
  return out;
}

// 0.38 beside 2.07, 6.20 and 24.40.
TEST(LayerLab, VariancesHaveOneNumberOfDecimals) {
  const std::vector<std::string> numbers = figure_texts("lines_part", 60, "variances");
  ASSERT_EQ(numbers.size(), 6U);
  for (const std::string& number : numbers) EXPECT_EQ(number.size() - number.find('.'), 3U) << number;
}

TEST(LayerLab, ADeadUnitIsSaidToBeDeadInsteadOfItsCorrelations) {
  const std::vector<std::string> dead = figure_texts("digits_die", 40, "correlation");
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_TRUE(dead[0].ends_with(" is dead")) << dead[0];
  const std::vector<std::string> alive = figure_texts("digits_part", 3, "correlation");
  ASSERT_EQ(alive.size(), 5U);
  EXPECT_EQ(alive[1], "most like");
}

TEST(LayerLab, ThePullOfTheStripIsTheLengthOfTheGradient) {
  iem::Run run = layer_run("");
  run.seek(2);
  const auto s = take_snapshot(run);
  for (const Phase& phase : lab_of(run.setup()).phases(*s, 4)) {
    if (phase.id != "pull") continue;
    ASSERT_EQ(phase.values.size(), 6U);
    for (Eigen::Index j = 0; j < 6; ++j)
      EXPECT_EQ(phase.values[static_cast<std::size_t>(j)], s->evaluation.gradient.segment(2 * j, 2).norm());
    return;
  }
  ADD_FAILURE() << "no pull";
}

}  // namespace
}  // namespace iem
