// The learning rules as the panels of all labs write them, with memory and weight decay, against the steps
// that runs make.
#include "core/labs/kit/lab.h"
#include "core/labs/kit/rule_formula.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <map>

#include "core/labs/activation/model/line_model.h"
#include "core/optimize/mini_batch.h"
#include "tests/core/labs/activation/line_cases.h"
#include "tests/core/labs/activation/line_truth.h"
#include "tests/core/labs/formula_sweep.h"
#include "tests/core/labs/rule_symbols.h"

namespace iem::testing {
namespace {

const char* const kGradientRules[] = {"gd", "sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"};

struct LabRuleCase {
  std::string name, rule;
  std::shared_ptr<const Snapshot> snapshot;
};

std::string rule_settings(const std::string& rule, double decay) {
  return "[optimizer]\nmethod = \"" + rule +
         "\"\nlearning_rate = 0.05\nweight_decay = " + std::to_string(decay) + "\n" +
         (rule == "sgd" ? "batch_size = 4\n" : "");
}

std::shared_ptr<const Snapshot> attention_state(const std::string& scene_name, const std::string& rule,
                                                double decay, double value_rate) {
  Scene scene = load_scene(scene_name);
  scene.config.set("optimizer.method", rule);
  scene.config.set("optimizer.learning_rate", 0.05);
  if (value_rate > 0) scene.config.set("optimizer.value_learning_rate", value_rate);
  scene.config.set("optimizer.weight_decay", decay);
  if (rule == "sgd") scene.config.set("optimizer.batch_size", std::int64_t{3});
  iem::Run run(scene, pool());
  run.seek(3);
  return take_snapshot(run);
}

// A scene of another lab under this rule.
std::shared_ptr<const Snapshot> ruled_state(const std::string& scene_name, const std::string& rule,
                                            double decay) {
  Scene scene = load_scene(scene_name);
  scene.config.set("optimizer.method", rule);
  scene.config.set("optimizer.learning_rate", 0.02);
  scene.config.set("optimizer.weight_decay", decay);
  if (rule == "sgd") scene.config.set("optimizer.batch_size", std::int64_t{16});
  iem::Run run(scene, pool());
  run.seek(3);
  return take_snapshot(run);
}

// After three steps, so that what has memory has one.
std::vector<LabRuleCase> lab_rule_cases() {
  std::vector<LabRuleCase> out;
  const auto add = [&](const std::string& name, const std::string& rule, std::shared_ptr<const Snapshot> s) {
    out.push_back({name + ", " + rule, rule, std::move(s)});
  };
  for (const std::string rule : kGradientRules)
    for (const double decay : {0.0, 0.05}) {
      const std::string settings = rule_settings(rule, decay), with = decay > 0 ? ", decay" : "";
      for (const std::string energy : {"gaussian", "student_t"})
        add("mixture " + energy + with, rule,
            shown_state("[model]\nenergy = \"" + energy + "\"\n" + settings, 3));
      for (const char* model : {"m = 0.7\nscale = 0.6\n", "energy = \"student_t\"\nprior = 0.3\n",
                                "hypotheses = \"prototypes\"\npositions = [-1.1, 0.2, 1.7]\nweights = [1.0, "
                                "2.0, 0.5]\nscale = 0.8\n"})
        add(std::string("activation ") + model + with, rule, line_snapshot(model, kLinePoints + settings, 3));
      for (const char* scene :
           {"labels_clamp", "learned_noise", "few_labels", "two_experts", "lines_part", "moons_calibrated"})
        add(std::string(scene) + with, rule, ruled_state(scene, rule, decay));
      for (const char* scene : {"routing_toy", "routing_roles", "next_symbol"})
        for (const double own : {0.0, 0.4})
          add(std::string("attention ") + scene + with, rule, attention_state(scene, rule, decay, own));
    }
  return out;
}

// gd of one kind of places: \Delta m, \Delta\mu_h; null: the formula is of all parameters.
const Block* places_in(const Snapshot& s, const std::string& tex) {
  if (tex.find("\\mu_h") != std::string::npos) return &s.model().layout().block("positions");
  return tex.starts_with("\\Delta m") ? &s.model().layout().block("m") : nullptr;
}

// In the words of the places what `rule` says of theta.
std::optional<TexEvaluator::Value> of_places(const RuleSymbols& rule, TexSymbol symbol,
                                             const std::vector<int>& at) {
  if (!at.empty()) symbol.below.clear();
  for (const std::string place : {"\\mu", "m"})
    for (const std::string before : {"", "\\Delta", "dJ/d"})
      if (symbol.base == before + place) {
        symbol.base = before + "\\theta";
        const auto all = rule(symbol);
        if (!all) return all;
        return TexEvaluator::Value(TexEvaluator::Value::Constant(1, 1, (*all)(at.empty() ? 0 : at[0], 0)));
      }
  return rule(symbol);
}

void expect_step(FormulaSweep& sweep, const LabRuleCase& each) {
  const Snapshot& s = *each.snapshot;
  const std::string tex = lab_of(*s.setup).formula(Group::learning, s.config());
  ASSERT_NE(tex, "") << each.name;
  EXPECT_EQ(tex.find("\\omega") != std::string::npos,
            each.rule == "adamw" || s.config().real("optimizer.weight_decay") > 0)
      << each.name << ": " << tex;
  if (const Block* places = places_in(s, tex)) {
    const RuleSymbols rule(s, places);
    for (int h = 0; h < places->size(); ++h) {
      TexEvaluator e;
      e.ranges = {{"j", 1}};
      e.at["h"] = h;
      e.lookup = [&](const TexSymbol& symbol, const std::vector<int>& at) {
        return of_places(rule, symbol, at);
      };
      sweep.claims(e, tex, each.name, false);
    }
    return;
  }
  const bool of_means = tex.find("\\mu_j") != std::string::npos;
  std::optional<MixtureReference> reference;
  if (of_means) reference.emplace(s);
  for (const Block& block : s.model().layout().blocks()) {
    if (!block.learned) continue;
    const RuleSymbols rule(s, &block);
    TexEvaluator e;
    if (of_means) reference->equip(e);
    e.ranges.try_emplace("j", 1);
    const auto others = e.lookup;
    e.lookup = [&](const TexSymbol& symbol, const std::vector<int>& at) {
      const auto value = rule(symbol);
      return value || !others ? value : others(symbol, at);
    };
    sweep.claims(e, tex, each.name + ", " + block.name, of_means);
  }
}

TEST(RuleFormulas, AreTheStepsThatAreTakenWithMemoryAndDecay) {
  FormulaSweep sweep;
  std::map<std::string, int> of_rule;
  for (const LabRuleCase& each : lab_rule_cases()) {
    const int before = sweep.values;
    expect_step(sweep, each);
    EXPECT_GT(sweep.values, before) << each.name;
    ++of_rule[each.rule];
  }
  EXPECT_EQ(of_rule.size(), std::size(kGradientRules));
  EXPECT_GE(sweep.formulas.size(), 20U);
  EXPECT_GT(sweep.values, 400);
}

// Points to hypotheses by the formula, and from there the means that the run comes to.
TEST(RuleFormulas, HardEmOnTheLineGivesEachPointToTheLeastEnergy) {
  for (const std::string model :
       {"m = 0.7\nscale = 0.6\nprior = 0.3\n",
        "hypotheses = \"prototypes\"\npositions = [-1.1, 0.2, 1.7]\nweights = [1.0, "
        "2.0, 0.5]\nscale = 0.8\n"}) {
    const auto s = line_snapshot(model, std::string(kLinePoints) + "[optimizer]\nmethod = \"hard_em\"\n", 1);
    const LineTruth truth(*s, 0);
    const auto sides = sides_of(lab_of(*s->setup).formula(Group::learning, s->config()));
    ASSERT_EQ(sides.size(), 2U);
    const bool sign = model.starts_with("m");
    const std::string letter = sign ? "s" : "j", other = sign ? "t" : "k";
    TexEvaluator e;
    e.ranges = {{letter, truth.count()}, {other, truth.count()}};
    e.lookup = [&](const TexSymbol& symbol,
                   const std::vector<int>& at) -> std::optional<TexEvaluator::Value> {
      if (symbol.base != "d" || at.size() != 2) return std::nullopt;
      return TexEvaluator::Value::Constant(1, 1, truth.energy(at[1], s->data().points(at[0], 0)));
    };
    std::vector<double> sum(static_cast<std::size_t>(truth.count())), share = sum;
    for (int i = 0; i < s->data().size(); ++i)
      for (int h = 0; h < truth.count(); ++h) {
        e.at = {{"i", i}, {letter, h}};
        const double r = e.value(sides[1])(0, 0);
        sum[static_cast<std::size_t>(h)] += r * s->data().points(i, 0);
        share[static_cast<std::size_t>(h)] += r;
      }
    const auto next = static_cast<const LineModel&>(s->model()).unpack(s->next);
    if (sign) {
      EXPECT_NEAR(next.places[0], (sum[1] - sum[0]) / static_cast<double>(s->data().size()), 1e-12);
      continue;
    }
    for (std::size_t h = 0; h < sum.size(); ++h) {
      ASSERT_GT(share[h], 0);
      EXPECT_NEAR(next.places[h], sum[h] / share[h], 1e-12);
    }
  }
}

// The sums of all points, each with the responsibilities of when its batch was last looked at: rows are
// components, columns their N, sum of x and sum of y.
class OldSums {
 public:
  OldSums(const Snapshot& first, Eigen::Index batch) : batch_(batch) {
    shares_ = MixtureReference(first).shares();
  }
  Eigen::MatrixXd of(const Snapshot& s, const Eigen::MatrixXd& r, std::int64_t batch) const {
    const auto order = epoch_order(s.state.optimizer_state.epoch);
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(r.cols(), 3);
    for (Eigen::Index at = 0; at < r.rows(); ++at) {
      if (batch >= 0 && at / batch_ != batch) continue;
      const Eigen::Index i = order[static_cast<std::size_t>(at)];
      const Eigen::RowVector3d x(1, s.data().points(i, 0), s.data().points(i, 1));
      out += r.row(i).transpose() * x;
    }
    return out;
  }
  Eigen::MatrixXd all(const Snapshot& s) const { return of(s, shares_, -1); }
  Eigen::MatrixXd old(const Snapshot& s, std::int64_t batch) const { return of(s, shares_, batch); }
  void refresh(const Snapshot& s, const Eigen::MatrixXd& r, std::int64_t batch) {
    const auto order = epoch_order(s.state.optimizer_state.epoch);
    for (Eigen::Index at = 0; at < r.rows(); ++at)
      if (at / batch_ == batch) {
        const Eigen::Index i = order[static_cast<std::size_t>(at)];
        shares_.row(i) = r.row(i);
      }
  }

 private:
  Eigen::Index batch_;
  Eigen::MatrixXd shares_;
};

TEST(RuleFormulas, IncrementalEmCorrectsTheSumsOfOneBatch) {
  constexpr Eigen::Index kBatch = 7, kBatches = 5;  // of 30 points
  const std::string scene =
      "[model]\n[optimizer]\nmethod = \"incremental_em\"\nbatch_size = 7\nreg_covar = 0.0\n";
  OldSums sums(*shown_state(scene, 0), kBatch);
  int held = 0;
  for (std::int64_t step = 1; step <= 8; ++step) {
    const auto s = shown_state(scene, step);
    const Eigen::MatrixXd now = MixtureReference(*s).shares();
    const std::int64_t batch = (step - 1) % kBatches;
    TexEvaluator e;
    e.at["B"] = 0;
    e.lookup = [&](const TexSymbol& symbol, const std::vector<int>&) -> std::optional<Eigen::MatrixXd> {
      if (symbol.base != "S") return std::nullopt;
      if (symbol.below.empty()) return sums.all(*s);
      if (symbol.above == "old") return sums.old(*s, batch);
      return symbol.above == "new" ? std::optional(sums.of(*s, now, batch)) : std::nullopt;
    };
    const auto sides = sides_of(lab_of(*s->setup).formula(Group::learning, s->config()));
    ASSERT_EQ(sides.size(), 2U);
    ASSERT_EQ(sides[0], "S");
    const Eigen::MatrixXd corrected = e.value(sides[1]);
    for (int j = 0; j < 3; ++j, ++held)
      EXPECT_TRUE(
          close(s->next.segment<2>(2 * j), corrected.row(j).tail(2).transpose() / corrected(j, 0), 1e-9))
          << step << ", " << j;
    sums.refresh(*s, now, batch);
  }
  EXPECT_EQ(held, 24);
}

}  // namespace
}  // namespace iem::testing
