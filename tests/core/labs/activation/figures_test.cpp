// The activation lab's figures: series, numbers, captions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/labs/activation/figures/derivation.h"
#include "core/labs/activation/figures/list.h"
#include "core/labs/activation/model/curves.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"
#include "tests/support/beside.h"

namespace iem::testing {
namespace {

std::shared_ptr<const Snapshot> snapshot_of(const std::string& toml) {
  return take_snapshot(
      iem::Run(parse_scene("format = 1\nlab = \"activation\"\n" + toml, "test.toml"), pool()));
}

Figure figure_of(const Snapshot& snapshot, const std::string& id) {
  return lab_of(*snapshot.setup).figure(id, snapshot, {snapshot.config(), {}, {}});
}

const Line* line_in(const Figure& figure, const std::string& series) {
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks)
      if (const auto* line = std::get_if<Line>(&mark); line && line->series == series) return line;
  return nullptr;
}

const char* const kScenes[] = {"two_bumps",     "tanh",           "laplace_sign", "student_sign",
                               "huber_sign",    "silu_gate",      "relu_cold",    "gelu_gate",
                               "softplus_gate", "soft_quantiser", "robust_sign",  "learned_levels"};

TEST(ActivationFigures, EveryFigureOfEverySceneIsWhole) {
  for (const char* name : kScenes) {
    const auto snapshot = take_snapshot(iem::Run(load_scene(name), pool()));
    for (const FigureType& type : lab_of(*snapshot->setup).figures()) {
      const Figure figure = figure_of(*snapshot, type.id);
      EXPECT_EQ(figure.id, type.id);
      EXPECT_FALSE(figure.caption.empty());
      ASSERT_FALSE(figure.panels.empty()) << name << " " << type.id;
      for (const Panel& panel : figure.panels) {
        EXPECT_LT(panel.x.lo, panel.x.hi) << name << " " << type.id;
        EXPECT_LT(panel.y.lo, panel.y.hi) << name << " " << type.id;
        EXPECT_TRUE(std::isfinite(panel.y.lo) && std::isfinite(panel.y.hi)) << name << " " << type.id;
      }
    }
  }
}

TEST(ActivationFigures, TheCurveIsTheSeriesActivationAtTheSamplesOfTheView) {
  const auto snapshot =
      snapshot_of("[model]\nm = 0.8\nscale = 0.9\n[view]\nz = [-6.0, 6.0]\nsamples = 241\n");
  const Figure figure = figure_of(*snapshot, "activation");
  const Line* line = line_in(figure, "activation");
  ASSERT_NE(line, nullptr);
  ASSERT_EQ(line->x.size(), 241u);
  EXPECT_EQ(line->x.front(), -6);
  EXPECT_EQ(line->x.back(), 6);
  for (std::size_t i = 0; i < 241; ++i) EXPECT_NEAR(line->y[i], std::tanh(0.8 / 0.81 * line->x[i]), 1e-14);
}

TEST(ActivationFigures, TheSlopeIsTheProductOfItsParts) {
  for (const char* model :
       {"energy = \"gaussian\"\nprior = 0.3\n", "energy = \"huber\"\ntemperature = 0.4\n",
        "hypotheses = \"gate\"\n", "hypotheses = \"gate\"\nenergy = \"gaussian\"\n",
        "hypotheses = \"prototypes\"\n", "hypotheses = \"prototypes\"\nenergy = \"student_t\"\n"}) {
    const auto snapshot = snapshot_of("[model]\n" + std::string(model));
    const Figure figure = figure_of(*snapshot, "derivative");
    const Line *variance = line_in(figure, "variance"), *rate = line_in(figure, "rate"),
               *slope = line_in(figure, "derivative");
    ASSERT_TRUE(variance && rate && slope);
    std::size_t compared = 0;
    for (std::size_t i = 0; i < slope->y.size(); ++i) {
      if (std::isnan(rate->y[i])) continue;
      ++compared;
      EXPECT_NEAR(variance->y[i] * rate->y[i], slope->y[i], 1e-12 * std::max(1.0, std::abs(slope->y[i])))
          << model;
    }
    EXPECT_GT(compared, 0u) << model;
  }
}

// A rate that is the same everywhere differs by rounding from place to place: that is no curve to be shown.
TEST(ActivationFigures, AConstantIsDrawnAsOne) {
  int constant = 0;
  for (const char* model :
       {"hypotheses = \"prototypes\"\nscale = 0.45\n", "energy = \"gaussian\"\nscale = 0.45\n"}) {
    const auto snapshot = snapshot_of("[model]\n" + std::string(model));
    const Figure figure = figure_of(*snapshot, "derivative");
    for (const Panel& panel : figure.panels)
      for (const Mark& mark : panel.marks) {
        const auto* line = std::get_if<Line>(&mark);
        if (!line || line->series != "rate") continue;
        const auto [lo, hi] = std::ranges::minmax(line->y);
        if (!(hi - lo < 1e-12 * hi)) continue;
        ++constant;
        EXPECT_LT(hi - lo, 1e-6 * (panel.y.hi - panel.y.lo)) << model;
      }
  }
  EXPECT_EQ(constant, 2);
  std::vector<double> noise = {4.938271604938260, 4.938271604938272, 4.938271604938266};
  const auto [lo, hi] = range_of(noise, 0.08);
  EXPECT_GT(hi - lo, 1e-5);
}

TEST(ActivationFigures, FamilyHasEveryKernelAndTheOwnOneLast) {
  const auto snapshot = snapshot_of("[model]\nenergy = \"laplace\"\n");
  const Figure figure = figure_of(*snapshot, "family");
  for (const LineKernel* kernel : line_kernels())
    EXPECT_NE(line_in(figure, kernel->id), nullptr) << kernel->id;
  EXPECT_EQ(std::get<Line>(figure.panels[0].marks.back()).series, "laplace");
}

// All kernels at once on the page too, not in a figure alone.
TEST(ActivationFigures, FamilyIsAnOverlayWithItsLargestDifference) {
  const auto snapshot = snapshot_of("[model]\nenergy = \"laplace\"\n[view]\noverlay = \"family\"\n");
  const Figure page = figure_of(*snapshot, "derivation"), family = figure_of(*snapshot, "family");
  const Line* own = line_in(family, "laplace");
  double most = 0;
  for (const LineKernel* kernel : line_kernels()) {
    const Line *here = line_in(page, "overlay " + kernel->id), *there = line_in(family, kernel->id);
    if (kernel->id == "laplace") {
      EXPECT_EQ(here, nullptr);  // it is the curve itself
      continue;
    }
    ASSERT_NE(here, nullptr) << kernel->id;
    for (std::size_t i = 0; i < here->y.size(); ++i) {
      EXPECT_EQ(here->y[i], there->y[i]);
      most = std::max(most, std::abs(here->y[i] - own->y[i]));
    }
  }
  const auto readings =
      lab_of(*snapshot->setup).readings(Group::compare, *snapshot, {snapshot->config(), {}, {}});
  EXPECT_EQ(readings[0].label, "Largest difference");
  EXPECT_EQ(readings[0].value, most);
}

TEST(ActivationFigures, TheLargestDifferenceIsANumber) {
  const auto same = snapshot_of("[view]\noverlay = \"tanh\"\n");
  const ActivationCurves curves = activation_curves(*same, same->config());
  EXPECT_LT(largest_difference(curves, *find_named_function("tanh")).value, 1e-15);
  const LargestDifference gap = largest_difference(curves, *find_named_function("soft_sign"));
  double most = 0;
  for (double z : curves.z) most = std::max(most, std::abs(std::tanh(z) - z / (1 + std::abs(z))));
  // It is at least what any sample has, and where both slopes are the same.
  EXPECT_GE(gap.value, most);
  EXPECT_NEAR(gap.value, most, 1e-4);
  EXPECT_DOUBLE_EQ(gap.value, std::abs(std::tanh(gap.z) - gap.z / (1 + std::abs(gap.z))));
  EXPECT_NEAR(1 - std::pow(std::tanh(gap.z), 2), std::pow(1 + std::abs(gap.z), -2), 1e-6);
  EXPECT_EQ(lab_of(*same->setup).readings(Group::compare, *same, {same->config(), {}, {}})[0].label,
            "Largest difference");
}

TEST(ActivationFigures, CaptionsSayWhereWordsAndCurveDiffer) {
  const auto laplace = take_snapshot(iem::Run(load_scene("laplace_sign"), pool()));
  EXPECT_NE(figure_of(*laplace, "activation").caption.find("saturates at 0.964"), std::string::npos)
      << figure_of(*laplace, "activation").caption;
  const auto student = take_snapshot(iem::Run(load_scene("student_sign"), pool()));
  EXPECT_NE(figure_of(*student, "activation").caption.find("falls again"), std::string::npos);
  const auto gaussian = take_snapshot(iem::Run(load_scene("tanh"), pool()));
  EXPECT_EQ(figure_of(*gaussian, "activation").caption.find("notes"), std::string::npos);
}

// Where the second derivative is 0: z tanh(z/2) = 2 of SiLU, z^2 = 2 of GELU; softplus steepens for ever.
TEST(ActivationFigures, TheSteepestPlaceIsNotASample) {
  const auto numbers = [](const char* scene) {
    const auto snapshot = take_snapshot(iem::Run(load_scene(scene), pool()));
    return activation_numbers(activation_curves(*snapshot, snapshot->config()));
  };
  const double silu = numbers("silu_gate").steepest_z;
  EXPECT_NEAR(silu * std::tanh(silu / 2), 2, 1e-6);
  EXPECT_NEAR(numbers("gelu_gate").steepest_z, std::sqrt(2.0), 1e-6);
  EXPECT_NEAR(numbers("relu_cold").steepest_z, 1e-3 * silu, 1e-9);  // the same at temperature 1e-3
  EXPECT_EQ(numbers("tanh").steepest_z, 0);
  EXPECT_TRUE(numbers("tanh").steepest_inside);
  EXPECT_FALSE(numbers("softplus_gate").steepest_inside);
}

// z / (1 + exp(z)) is largest at 1 + W(1/e) and W(1/e) = 0.27846454276... there; between two samples here.
TEST(ActivationFigures, TheLargestDifferenceIsNotThatOfASample) {
  const auto snapshot = take_snapshot(iem::Run(load_scene("relu_cold"), pool()));
  const LargestDifference gap =
      largest_difference(activation_curves(*snapshot, snapshot->config()), *find_named_function("relu"));
  EXPECT_NEAR(gap.value, 1e-3 * 0.27846454276107379, 1e-15);
  EXPECT_NEAR(std::abs(gap.z), 1e-3 * 1.27846454276107379, 1e-9);
}

TEST(ActivationFigures, WhatFallsLikeOneOverZHasTheLimitZero) {
  const auto limit = [](const char* scene) {
    const auto snapshot = take_snapshot(iem::Run(load_scene(scene), pool()));
    return activation_numbers(activation_curves(*snapshot, snapshot->config())).limit_right;
  };
  EXPECT_EQ(limit("student_sign"), 0);
  EXPECT_NEAR(limit("laplace_sign"), std::tanh(2.0), 1e-12);
  EXPECT_NEAR(limit("silu_gate"), 1, 1e-12);  // of lines, the slope
}

// What gradient descent has come to by the same step, beside what EM has.
TEST(ActivationFigures, OtherRunsHaveTheirActivationsAtTheSameStep) {
  const std::string data = "[data]\nsource = \"bumps\"\n[optimizer]\nmethod = ";
  const auto run_by = [&](const char* method) {
    iem::Run run(parse_scene("format = 1\nlab = \"activation\"\n" + data + method, "test.toml"), pool());
    for (int i = 0; i < 5; ++i) run.step();
    return run;
  };
  const iem::Run em = run_by("\"em\"");
  auto snapshot = std::make_shared<Snapshot>(*take_snapshot(em));
  snapshot->lanes = other_rules(em, {"gd"});
  const Figure figure = figure_of(*snapshot, "activation");
  const Line* other = line_in(figure, "activation of GD");
  ASSERT_NE(other, nullptr);
  const Figure alone = figure_of(*take_snapshot(run_by("\"gd\"")), "activation");
  const Line* expected = line_in(alone, "activation");
  ASSERT_NE(expected, nullptr);
  EXPECT_EQ(std::vector(other->y.begin(), other->y.end()),
            std::vector(expected->y.begin(), expected->y.end()));
  const Line* own = line_in(figure, "activation");
  EXPECT_NE(std::vector(other->y.begin(), other->y.end()), std::vector(own->y.begin(), own->y.end()));
}

// A run with other hypotheses has no curve to compare.
TEST(ActivationFigures, RunsWithOtherHypothesesHaveNoCurveBesideThis) {
  const std::string data = "[data]\nsource = \"bumps\"\n";
  const auto three = snapshot_of(data + "[model]\nhypotheses = \"prototypes\"\n");
  auto sign = std::make_shared<Snapshot>(*snapshot_of(data));
  ComparedRun& other = sign->lanes.emplace_back();
  other.label = "before";
  other.history = three->history;
  other.path = three->path;
  EXPECT_EQ(line_in(figure_of(*sign, "activation"), "activation of before"), nullptr);
}

// 0 stands for the density's exponent: who reads it must see which that is.
TEST(ActivationParameters, TheExponentOfTheDensityIsShownAsItsValue) {
  const auto shown = [](const std::string& model) {
    const auto snapshot = snapshot_of("[model]\nenergy = \"student_t\"\n" + model);
    const Parameter* exponent = snapshot->config().table().find("model.exponent");
    return exponent && exponent->reads ? exponent->reads(snapshot->config()) : "?";
  };
  EXPECT_EQ(shown("nu = 4.0\n"), "(ν + 1)/2 = 2.5");
  EXPECT_EQ(shown("nu = 4.0\nexponent = 1.5\n"), "");
}

TEST(ActivationParameters, OverlaysAreCalledByTheirNames) {
  const auto snapshot = snapshot_of("");
  const Parameter* overlay = snapshot->config().table().find("view.overlay");
  ASSERT_EQ(overlay->choice_labels.size(), overlay->choices.size());
  for (std::size_t i = 0; i < overlay->choices.size(); ++i) {
    const NamedFunction* function = find_named_function(overlay->choices[i]);
    if (function == nullptr) continue;
    EXPECT_EQ(overlay->choice_labels[i], function->label);
  }
}

bool says(const Panel& panel, const std::string& words) {
  for (const Mark& mark : panel.marks)
    if (const auto* text = std::get_if<Text>(&mark); text && text->text == words) return true;
  return false;
}

TEST(ActivationFigures, WhatTheAxisLeavesOutIsSaid) {
  const auto outlier = take_snapshot(iem::Run(load_scene("robust_sign"), pool()));
  EXPECT_TRUE(says(figure_of(*outlier, "data").panels[0], "1 further right, at 25"));
  const auto bumps = take_snapshot(iem::Run(load_scene("two_bumps"), pool()));
  EXPECT_FALSE(says(figure_of(*bumps, "data").panels[0], "1 further right, at 25"));
}

// Where probabilities sum to 1 for every z, -L is rounding: nobody wants to look at that.
TEST(ActivationFigures, EnergiesOfTheGaussianGateFillTheirPanel) {
  const auto gelu = take_snapshot(iem::Run(load_scene("gelu_gate"), pool()));
  const Axis y = figure_of(*gelu, "energies").panels[0].y;
  EXPECT_GT(y.hi - y.lo, 2);
}

TEST(ActivationFigures, NamesOfNearPlacesDoNotCoverEachOther) {
  const auto snapshot = snapshot_of(
      "[model]\nhypotheses = \"prototypes\"\npositions = [-3.0, 0.9, 1.0, 1.1, 4.0]\nscale = 0.5\n");
  const Panel panel = figure_of(*snapshot, "hypotheses").panels[0];
  for (const char* name : {"\\mu_{1}", "\\mu_{2}", "\\mu_{4}", "\\mu_{5}"})
    EXPECT_TRUE(says(panel, name)) << name;
  EXPECT_FALSE(says(panel, "\\mu_{3}"));
}

TEST(ActivationFigures, HistogramAndDensityHaveTheSameArea) {
  const auto snapshot = snapshot_of(
      "[data]\nsource = \"bumps\"\nclusters = 2\ncount = 5000\nnoise = 0.5\n[model]\nm = 1.5\nscale = 0.5\n");
  const Figure figure = figure_of(*snapshot, "data");
  double bars = 0, area = 0;
  for (const Mark& mark : figure.panels[0].marks)
    if (const auto* b = std::get_if<Bars>(&mark))
      for (double y : b->y) bars += y * 12.0 / 40;
  const Line* sum = line_in(figure, "sum");
  for (std::size_t i = 1; i < sum->y.size(); ++i)
    area += 0.5 * (sum->y[i] + sum->y[i - 1]) * (sum->x[i] - sum->x[i - 1]);
  EXPECT_NEAR(bars, 1, 1e-9);
  EXPECT_NEAR(area, 1, 1e-4);
}

// Numbers beside the plots are those of the posterior, and every step has a formula.
TEST(ActivationFigures, StepsPlugInTheNumbersAtTheProbe) {
  for (const char* name : kScenes)
    for (const char* statistic : {"mean", "mode", "variance", "entropy", "log_partition", "gated_mean"}) {
      Scene scene = load_scene(name);
      scene.config.set("model.statistic", std::string(statistic));
      const auto snapshot = take_snapshot(iem::Run(scene, pool()));
      const auto steps = derivation_steps(*snapshot, {snapshot->config(), {}, {}});
      ASSERT_EQ(steps.size(), 5u);
      const Hypotheses h = line_of(*snapshot).hypotheses(snapshot->state.theta, snapshot->temperature);
      const Posterior at = posterior(h, snapshot->config().real("view.at"));
      for (const DerivationStep& step : steps) {
        EXPECT_FALSE(step.formula.empty()) << name << " " << statistic << " " << step.title;
        EXPECT_FALSE(step.numbers.empty()) << name << " " << statistic << " " << step.title;
      }
      const double value = value_of(h, at, statistic_of(snapshot->config()));
      EXPECT_EQ(steps[3].numbers.back().number, value);
      EXPECT_EQ(steps[4].numbers[2].number, value);
    }
}

}  // namespace
}  // namespace iem::testing
