// What the classifier shows in numbers: the inspector with both signs, the strip, the clamp, the confusion,
// the calibration, the ray.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "core/figure/caption.h"
#include "core/labs/classifier/model/calibration.h"
#include "core/labs/kit/lab.h"
#include "tests/core/labs/classifier/cases.h"
#include "tests/core/tex_evaluator.h"

namespace iem {
namespace {

using testing::classifier_scene;
using testing::labelled_points;
using testing::pool;

std::shared_ptr<const Snapshot> shown_classes(const std::string& model, bool missing = false, int step = 4) {
  iem::Run run(classifier_scene(labelled_points(missing) + "[model]\n" + model), pool());
  run.seek(step);
  return take_snapshot(run);
}

const char* const kShownModels[] = {
    "energy = \"linear\"\n",
    "energy = \"gaussian\"\nlabel_trust = 0.8\ndiscriminative = 0.4\n",
    "energy = \"student_t\"\ntemperature = 0.7\ndiscriminative = 0.0\nunlabelled_weight = 0.5\n",
    "energy = \"gaussian\"\nbackground = true\nbackground_energy = 2.0\n",
    "energy = \"huber\"\nresponsibility = \"entmax15\"\n",
    "energy = \"gaussian\"\nobjective = \"sigmoid\"\n"};

TEST(ClassifierShown, BothSignsAreWrittenOutAndAddUp) {
  int lines = 0, numbers = 0;
  for (const std::string model : kShownModels) {
    const bool missing = model.find("sigmoid") == std::string::npos;
    const auto s = shown_classes(model, missing);
    for (int point = 0; point < 6; ++point)
      for (int j = 0; j < 3; ++j) {
        const Inspection shown = lab_of(*s->setup).inspect(*s, {ElementId::Kind::point, point}, j);
        ASSERT_EQ(shown.table.size(), 5U);
        EXPECT_EQ(shown.component, j);
        for (std::size_t k = 0; k < 3; ++k) {
          const auto column = static_cast<Eigen::Index>(k);
          EXPECT_EQ(shown.table[0].values[k], s->evaluation.energies(point, column));
          EXPECT_EQ(shown.table[3].values[k], s->evaluation.pulls(point, column));
          EXPECT_EQ(shown.table[4].values[k], -shown.table[3].values[k]) << "the logit's sign";
          const bool labelled = s->data().labels[point] >= 0;
          const double kappa = !labelled                               ? 0
                               : testing::classifier_in(*s).competes() ? testing::classifier_in(*s).kappa()
                                                                       : 1;
          EXPECT_NEAR(shown.table[3].values[k], shown.table[2].values[k] - kappa * shown.table[1].values[k],
                      1e-15);
        }
        for (const FormulaLine& line : shown.formulas) {
          EXPECT_TRUE(testing::adds_up(line, &numbers)) << model << point;
          ++lines;
        }
      }
  }
  EXPECT_GT(lines, 400);
  EXPECT_GT(numbers, 300);
}

TEST(ClassifierShown, TheStripIsWhatTheEvaluationHas) {
  for (const std::string model : kShownModels) {
    const auto s = shown_classes(model);
    const std::vector<Phase> phases = lab_of(*s->setup).phases(*s, 7);
    ASSERT_EQ(phases.size(), 6U);
    for (std::size_t j = 0; j < 3; ++j) {
      const auto column = static_cast<Eigen::Index>(j);
      EXPECT_EQ(phases[0].values[j], s->evaluation.energies(7, column));
      EXPECT_EQ(phases[3].values[j], s->evaluation.pulls(7, column));
      EXPECT_GE(phases[4].values[j], 0);
    }
  }
}

// The counts of the confusion are all points with a label, its diagonal the accuracy.
TEST(ClassifierShown, ConfusionCountsEveryLabelOnce) {
  const auto s = shown_classes("energy = \"gaussian\"\n", true);
  const Figure figure = lab_of(*s->setup).figure("confusion", *s, {s->config(), {}, {}});
  double all = 0;
  for (const Mark& mark : figure.panels[0].marks)
    if (const auto* text = std::get_if<Text>(&mark); text && text->anchor == Anchor::centre)
      all += std::strtod(text->text.c_str(), nullptr);
  EXPECT_EQ(all, 30);  // of 40, ten have none
  EXPECT_NE(figure.caption.find("30"), std::string::npos) << figure.caption;
}

// At the best temperature the mean energy of the labels is the mean expected energy, and no other is better.
TEST(ClassifierShown, TemperatureScalingIsAtTheLowestLoss) {
  const auto s =
      shown_classes("energy = \"gaussian\"\ncovariance = \"full\"\ntemperature = 0.4\n", false, 60);
  const Classifier& model = testing::classifier_in(*s);
  const TemperatureScaling best = scale_temperature(model, s->state.theta, s->temperature, s->data());
  ASSERT_TRUE(best.inside);
  EXPECT_NEAR(best.label_energy, best.expected_energy, 1e-7);
  EXPECT_LE(best.after, best.before);
  for (const double factor : {0.9, 0.99, 1.01, 1.1}) {
    const double tau = factor * best.temperature;
    const Tally there = model.tally(s->state.theta, tau, s->data());
    EXPECT_GT(there.nll / static_cast<double>(there.labelled), best.after) << factor;
  }
}

// Along a ray a softmax becomes certain; a background takes over where energies are distances.
TEST(ClassifierShown, TheRayEndsInCertaintyOrInTheBackground) {
  const auto last_of = [](const Figure& figure, const std::string& series) {
    for (const Mark& mark : figure.panels[0].marks)
      if (const auto* line = std::get_if<Line>(&mark); line && line->series == series) return line->y.back();
    return std::nan("");
  };
  const auto far = [&](const std::string& model, const std::string& series) {
    const auto s = shown_classes(model, false, 40);
    Config config = s->config();
    config.set("view.probe", Tensor{{2, 2}, {0, 0, 30, 11}});
    return last_of(lab_of(*s->setup).figure("closed_world", *s, {config, {}, {}}), series);
  };
  EXPECT_GT(far("energy = \"linear\"\n", "largest r of a class"), 0.999);
  EXPECT_GT(far("energy = \"gaussian\"\ncovariance = \"tied\"\n", "largest r of a class"), 0.999);
  EXPECT_GT(far("energy = \"gaussian\"\nbackground = true\n", "background"), 0.999);
  EXPECT_LT(far("energy = \"linear\"\nbackground = true\n", "background"), 1e-3);
}

// The knob of a linear class stands where its slope says, and a hand that moves it sets that slope.
TEST(ClassifierShown, AKnobIsItsSlope) {
  const auto s = shown_classes("energy = \"linear\"\n");
  const Lab& lab = lab_of(*s->setup);
  const Figure stage = lab.figure("stage", *s, {s->config(), {}, {}});
  int moved = 0;
  for (const Mark& mark : stage.panels[0].marks) {
    const auto* knob = std::get_if<Marker>(&mark);
    if (!knob || knob->element.kind != ElementId::Kind::prototype) continue;
    const auto handle = std::ranges::find(lab.handles(), ElementId::Kind::prototype, &Handle::kind);
    const View view{s->config(), {}, {}};
    const auto edit = handle->moved({*s, *s, view, knob->element.index, knob->x, knob->y});
    ASSERT_TRUE(edit);
    const auto& w = std::get<Tensor>(edit->value).data;
    for (std::size_t i = 0; i < w.size(); ++i)
      EXPECT_NEAR(w[i], s->state.theta[static_cast<Eigen::Index>(i)], 1e-12);
    ++moved;
  }
  EXPECT_EQ(moved, 3);
}

}  // namespace
}  // namespace iem
