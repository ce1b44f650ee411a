// The inspector of the activation lab: its numbers add up, and EM is a preconditioned gradient step.
#include "core/labs/activation/figures/inspection.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/labs/activation/model/curves.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

std::shared_ptr<const Snapshot> at_step(const Scene& scene, std::int64_t steps) {
  iem::Run run(scene, pool());
  run.seek(steps);
  return take_snapshot(run);
}

double number(const Inspection& i, const std::string& label) {
  for (const Inspection::Quantity& q : i.quantities)
    if (q.label == label) return q.values.at(0);
  ADD_FAILURE() << "no quantity " << label;
  return NAN;
}

TEST(ActivationInspection, NumbersAtAPlaceAddUp) {
  for (const char* name : {"two_bumps", "laplace_sign", "student_sign", "silu_gate", "gelu_gate", "relu_cold",
                           "soft_quantiser", "learned_levels"}) {
    const auto s = at_step(load_scene(name), 5);
    const Hypotheses h = line_of(*s).hypotheses(s->state.theta, s->temperature);
    for (double z : {-1.3, 0.0, 0.6, 4.0}) {
      const Inspection i = inspect_place(*s, z, -1);
      ASSERT_EQ(i.table.size(), 5u);
      ASSERT_EQ(i.table[0].values.size(), static_cast<std::size_t>(h.count));
      EXPECT_NEAR(std::accumulate(i.table[2].values.begin(), i.table[2].values.end(), 0.0), 1, 1e-14);
      for (std::size_t j = 0; j < i.table[0].values.size(); ++j)
        EXPECT_NEAR(i.table[3].values[j], i.table[4].values[j], 1e-14) << name;
      EXPECT_EQ(number(i, "activation"), value_of(h, posterior(h, z), statistic_of(s->config())));
      // The written energy: its terms sum to it.
      const auto& line = i.formulas.front();
      EXPECT_NEAR(line.back().number, i.table[0].values[static_cast<std::size_t>(i.component)], 1e-12);
      if (h.kind != HypothesisKind::gate) {
        double sum = 0;
        for (std::size_t p = 2; line[p].tex != "{=}"; ++p)
          if (line[p].is_number) sum += line[p - 1].tex == "{-}" ? -line[p].number : line[p].number;
        EXPECT_NEAR(sum, line.back().number, 1e-12) << name;
      }
    }
  }
}

// The kernel is 0 where z is the place of the hypothesis, and never less.
TEST(ActivationInspection, TheKernelOfAnEnergyIsNoRounding) {
  int read = 0;
  for (const char* name : {"two_bumps", "laplace_sign", "student_sign", "soft_quantiser", "learned_levels"}) {
    const auto s = at_step(load_scene(name), 5);
    const Hypotheses h = line_of(*s).hypotheses(s->state.theta, s->temperature);
    for (int j = 0; j < h.count; ++j, ++read) {
      const auto line = inspect_place(*s, h.mu[static_cast<std::size_t>(j)], j).formulas.front();
      EXPECT_EQ(line.at(2).number, 0) << name << " " << j;
    }
  }
  EXPECT_GE(read, 12);
}

TEST(ActivationInspection, EmIsAPreconditionedGradientStep) {
  Scene prototypes = load_scene("learned_levels");
  prototypes.config.set("model.energy", std::string("gaussian"));
  prototypes.config.set("model.widths", Tensor{{3}, {1, 0.6, 1.7}});
  for (const Scene& scene : {load_scene("two_bumps"), prototypes})
    for (double tau : {1.0, 0.5, 3.0}) {
      Scene warm = scene;
      warm.config.set("model.temperature", tau);
      const auto s = at_step(warm, 3);
      const Hypotheses h = line_of(*s).hypotheses(s->state.theta, 1);
      for (int j = 0; j < h.count; ++j) {
        const Inspection i = inspect_hypothesis(*s, j);
        ASSERT_EQ(i.formulas.size(), 2u) << i.remark;
        const double claimed = i.formulas[0].back().number, moved = i.formulas[1].back().number;
        EXPECT_NEAR(claimed, moved, 1e-12) << scene.name << " " << j << " tau " << tau;
        EXPECT_GT(std::abs(moved), 1e-9);
        EXPECT_EQ(number(i, "place"), h.mu[static_cast<std::size_t>(j)]);
      }
    }
}

TEST(ActivationInspection, SaysWhyThereIsNoMore) {
  EXPECT_NE(inspect_hypothesis(*at_step(load_scene("tanh"), 0), 1).remark.find("Without points"),
            std::string::npos);
  EXPECT_NE(inspect_hypothesis(*at_step(load_scene("silu_gate"), 0), 1).remark.find("log-odds"),
            std::string::npos);
  const Inspection t = inspect_hypothesis(*at_step(load_scene("robust_sign"), 2), 0);
  EXPECT_EQ(t.formulas.size(), 2u) << "weights in place of shares";
  EXPECT_TRUE(std::isfinite(number(t, "where EM goes")));
}

}  // namespace
}  // namespace iem::testing
