// The learning rules of the activation lab, as the panel writes them, against the steps that runs make; and
// what the inspector says of a hypothesis that learns.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/labs/activation/figures/inspection.h"
#include "core/labs/activation/model/curves.h"
#include "core/labs/kit/lab.h"
#include "tests/core/labs/activation/line_cases.h"
#include "tests/core/labs/activation/line_truth.h"
#include "tests/core/support.h"
#include "tests/support/tex_check.h"

namespace iem::testing {
namespace {

// By central differences of the scalar J.
double loss_slope(const Snapshot& s, Eigen::Index entry) {
  const auto loss = [&](double by) {
    Theta theta = s.state.theta;
    theta[entry] += by;
    Evaluation out;
    s.model().evaluate(theta, s.temperature, s.data(), {}, Wanted::sums, *pool(), out);
    return out.loss;
  };
  return (8 * (loss(1e-4) - loss(-1e-4)) - (loss(2e-4) - loss(-2e-4))) / 12e-4;
}

// The weighted median, from the definition: half the weight lies on either side.
double median_of(std::vector<std::pair<double, double>> all) {
  std::ranges::sort(all);
  double total = 0, below = 0;
  for (const auto& [place, weight] : all) total += weight;
  for (const auto& [place, weight] : all)
    if ((below += weight) >= 0.5 * total) return place;
  return NAN;
}

// Symbols of places before and after the step: m and \mu_h, where EM goes, the gradient, the settings.
TexSymbols rule_symbols(const Snapshot& s, const LineTruth& truth, int h) {
  TexSymbols out = truth.symbols(h);
  const auto& model = line_of(s);
  const bool sign = model.options().kind == HypothesisKind::sign;
  const LineNatural now = model.unpack(s.state.theta), next = model.unpack(s.next),
                    em = model.unpack(s.em_target);
  const auto at = sign ? 0 : static_cast<std::size_t>(h);
  out.number("\\eta", s.config().real("optimizer.learning_rate"));
  if (s.config().text("optimizer.method") == "gd_to_em")
    out.number("\\lambda", s.config().real("optimizer.blend"));
  const std::string symbol = sign ? "m" : "\\mu";
  const double slope = loss_slope(s, static_cast<Eigen::Index>(at));
  const auto any_index = [&](const std::string& name, double value) { out.number(name, value); };
  any_index("\\Delta " + symbol, next.places[at] - now.places[at]);
  any_index(symbol + "^{\\mathrm{EM}}", em.places[at]);
  any_index("\\pi^{\\mathrm{EM}}", sign && h == 0 ? 1 - em.prior[0] : em.prior[at]);
  any_index("\\sigma^{\\mathrm{EM}}",
            em.scale * model.hypotheses(s.em_target, 1).width[static_cast<std::size_t>(h)]);
  any_index("\\partial J/\\partial " + symbol, slope);
  any_index("\\beta", s.config().real("optimizer.learning_rate") * em.prior[at] / next.prior[at]);
  std::vector<std::pair<double, double>> of_h, of_both;
  for (const double z : s.data().points.col(0)) {
    const std::vector<double> r = truth.responsibilities(z);
    of_h.emplace_back(z, r[static_cast<std::size_t>(h)]);
    of_both.emplace_back(-z, r[0]);
    of_both.emplace_back(z, r[1]);
  }
  for (const auto& [tex, median] : {std::pair{"\\mathrm{median}_{r_s}(sz_i)", median_of(of_both)},
                                    std::pair{"\\mathrm{median}_{r_h}(z_i)", median_of(of_h)}})
    out.literals[tex] = [median = median](const TexPlace&) { return tex_number(median); };
  return out;
}

int expect_rule(const Snapshot& s, int h, const std::string& where) {
  const LineTruth truth(s, 0.63);
  const TexSymbols symbols = rule_symbols(s, truth, h);
  const std::string formula = lab_of(*s.setup).formula(Group::learning, s.config());
  const LineNatural next = line_of(s).unpack(s.next);
  const double place = next.places[next.places.size() == 1 ? 0 : static_cast<std::size_t>(h)];
  int held = expect_equations(formula, symbols, where + ", " + formula, 1e-8);
  for (const TexStatement& said : tex_statements(formula)) {
    if (said.relations.empty() || said.relations[0] != "\\leftarrow") continue;
    for (std::size_t side = 1; side < said.sides.size(); ++side, ++held)
      expect_value(said.sides[side], place, symbols, where + ", " + formula, 1e-8);
  }
  return held;
}

struct Learning {
  std::string name;
  std::shared_ptr<const Snapshot> snapshot;
};

// Everything that learns by EM, under a rule, after a step.
std::vector<Learning> learning(const std::string& rule) {
  std::vector<Learning> out;
  for (const LineCase& each : line_cases({"mean"})) {
    // The others have no density, and so no J.
    const bool density = each.name.find("gate") == std::string::npos &&
                         each.name.find("curve") == std::string::npos && !each.name.starts_with("logistic") &&
                         !each.name.starts_with("exponential");
    if (!density) continue;
    // Without the volume term the M-step of the scale has no minimum.
    const bool volume = each.name.find("no volume") == std::string::npos;
    // A median has just been put on a point, where J has a kink: its slope is taken before.
    const bool median = each.name.starts_with("laplace");
    const std::string settings = "[optimizer]\nmethod = \"" + rule + "\"\n" +
                                 (rule == "em" ? "" : "learning_rate = 0.3\n") +
                                 (rule == "gd_to_em" ? "blend = 0.35\n" : "");
    out.push_back({each.name + ", " + rule,
                   line_snapshot(each.toml + (volume ? "" : "learn = [\"m\", \"positions\", \"prior\"]\n"),
                                 kLinePoints + settings, median ? 0 : 1)});
  }
  return out;
}

TEST(ActivationRules, TheLearningRuleIsTheStepThatTheRunMakes) {
  int held = 0;
  for (const char* rule : {"gd", "em", "gd_to_em", "natural"})
    for (const auto& [name, s] : learning(rule)) {
      ASSERT_GT(s->next.size(), 0) << name;
      ASSERT_GT(s->em_target.size(), 0) << name;
      for (int h = 0; h < LineTruth(*s, 0).count(); ++h) held += expect_rule(*s, h, name);
    }
  EXPECT_GT(held, 1000);
}

TEST(ActivationRules, TheInspectorOfAHypothesisSaysWhatItsNumbersAre) {
  int held = 0, steps = 0;
  for (const auto& [name, s] : learning("em"))
    for (int h = 0; h < LineTruth(*s, 0).count(); ++h) {
      const LineTruth truth(*s, 0.63);
      const TexSymbols symbols = rule_symbols(*s, truth, h);
      const Inspection shown = inspect_hypothesis(*s, h);
      for (const Inspection::Quantity& quantity : shown.quantities) {
        ++held;
        expect_value(quantity.symbol, quantity.values.at(0), symbols, name, 1e-8);
      }
      for (const auto& line : shown.formulas) {
        held += expect_equations(tex_of(line), symbols, name, 1e-8);
        expect_adds_up(line, name);
      }
      // Both lines are the same number: EM is a gradient step, preconditioned.
      if (shown.formulas.size() == 2) {
        EXPECT_NEAR(shown.formulas[0].back().number, shown.formulas[1].back().number, 1e-12) << name;
        ++steps;
      } else {
        EXPECT_NE(shown.remark.find("median"), std::string::npos) << name << shown.remark;
      }
    }
  EXPECT_GT(held, 1000);
  EXPECT_GT(steps, 100);
}

}  // namespace
}  // namespace iem::testing
