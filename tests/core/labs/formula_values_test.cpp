// The formulas of the mixture lab's panel are evaluated from their TeX, by code that knows the symbols only,
// against what the model computes and the rules do: over every energy, covariance, responsibility, objective,
// rule, temperature and set of learned blocks.
#include "core/labs/kit/lab.h"
#include "core/labs/mixture/figures/formulas.h"
#include "tests/core/labs/formula_sweep.h"

namespace iem {
namespace {

using testing::all_models;
using testing::FormulaSweep;
using testing::MixtureReference;
using testing::shown_state;
using testing::TexEvaluator;

TEST(MixtureFormulas, EnergyAndObjectiveAreWhatIsComputed) {
  FormulaSweep sweep;
  for (const std::string& model : all_models()) {
    const auto s = shown_state("[model]\n" + model, 2);
    const MixtureReference reference(*s);
    EXPECT_NEAR(reference.loss(), s->evaluation.loss, 1e-10) << model;
    for (const int point : {0, 13}) {
      TexEvaluator e;
      reference.equip(e, point);
      sweep.claims(e, lab_of(*s->setup).formula(Group::model, s->config()), model);
    }
    TexEvaluator e;
    reference.equip(e);
    sweep.claims(e, lab_of(*s->setup).formula(Group::objective, s->config()), model, false);
  }
  EXPECT_GE(sweep.formulas.size(), 15U);
  EXPECT_GT(sweep.values, 1000);
}

// Blocks [model] for the rules.
std::vector<std::string> models_to_learn(bool every_choice_of_blocks) {
  std::vector<std::string> learned = {R"(["means", "covariances", "weights"])"};
  if (every_choice_of_blocks)
    learned.insert(learned.end(), {R"(["means"])", R"(["weights"])", R"(["means", "weights"])", "[]"});
  std::vector<std::string> out;
  for (const EnergyType& energy : energies())
    for (const std::string& covariance : covariance_names())
      for (const std::string& learn : learned)
        for (const char* more :
             {"", "responsibility = \"sparsemax\"\ntemperature = 1.7\n", "volume_term = false\n"})
          if (!energy.on_circle || covariance == "fixed")
            out.push_back("energy = \"" + energy.id + "\"\ncovariance = \"" + covariance +
                          "\"\nlearn = " + learn + "\n" + more);
  return out;
}

std::string rule_block(const std::string& rule) {
  std::string out = "[optimizer]\nmethod = \"" + rule + "\"\n";
  if (rule == "sgd") out += "batch_size = 30\n";  // all points: J_B is J
  if (rule == "gd_to_em") out += "blend = 0.3\n";
  if (rule == "natural") out += "learning_rate = 0.4\n";
  return out;
}

// What each rule says it does to a mean, or else to what is learned: in its first step where it has memory.
TEST(MixtureFormulas, RulesAreTheStepsThatAreTaken) {
  // These say what they do to responsibilities and sums: see below, and rule_formulas_test.cpp.
  // The last two are made of several EM steps: em_rules_test.cpp takes those by hand.
  const std::set<std::string> exempt = {"hard_em", "incremental_em", "squarem", "anderson"};
  const std::set<std::string> with_memory = {"momentum", "nesterov", "rmsprop", "adam", "adamw"};
  const std::set<std::string> of_means = {"gd", "em", "gd_to_em", "natural"};
  FormulaSweep sweep;
  std::set<std::string> evaluated;
  for (const OptimizerType& rule : optimizers()) {
    if (exempt.contains(rule.id)) continue;
    for (const std::string& model : models_to_learn(of_means.contains(rule.id))) {
      std::shared_ptr<const Snapshot> s;
      try {
        s = shown_state("[model]\n" + model + rule_block(rule.id), with_memory.contains(rule.id) ? 0 : 2);
      } catch (const InputError&) {
        continue;  // the rule does not apply to this model, and says so
      }
      const std::string tex = lab_of(*s->setup).formula(Group::learning, s->config());
      if (tex.empty()) continue;
      const MixtureReference reference(*s);
      TexEvaluator e;
      reference.equip(e);
      sweep.claims(e, tex, rule.id + " " + model, tex.find("\\theta") == std::string::npos);
      evaluated.insert(rule.id);
    }
  }
  EXPECT_EQ(evaluated.size() + exempt.size() + testing::rules_of_other_labs().size(), optimizers().size());
  EXPECT_GE(sweep.formulas.size(), 17U);
  EXPECT_GT(sweep.values, 1000);
}

// The panel says how EM moves a mean from the configuration; the model says it from itself.
TEST(MixtureFormulas, ConfigurationAndModelAgreeOnEmsStep) {
  std::map<MeanStep, int> steps;
  for (const std::string& model : all_models())
    for (const char* learn : {R"(["means", "covariances", "weights"])", R"(["means"])"}) {
      const auto s = shown_state("[model]\nlearn = " + std::string(learn) + "\n" + model, 0);
      const MeanStep step = mean_step(static_cast<const Mixture&>(s->model()));
      EXPECT_EQ(step, mean_step(s->config())) << model << learn;
      ++steps[step];
    }
  EXPECT_EQ(steps.size(), 4U);
  for (const auto& [step, count] : steps) EXPECT_GT(count, 5);
}

TEST(MixtureFormulas, HardEmGivesEachPointToTheLeastEnergy) {
  const auto s = shown_state("[optimizer]\nmethod = \"hard_em\"\n", 2);
  const MixtureReference reference(*s);
  TexEvaluator e;
  reference.equip(e);
  const auto sides = testing::sides_of(lab_of(*s->setup).formula(Group::learning, s->config()));
  ASSERT_EQ(sides.size(), 2U);
  for (int j = 0; j < 3; ++j) {
    Eigen::Vector2d sum(0, 0);
    double share = 0;
    for (int i = 0; i < 30; ++i) {
      e.at = {{"i", i}, {"j", j}};
      const double r = e.value(sides[1])(0, 0);
      sum += r * s->data().points.row(i).transpose();
      share += r;
    }
    ASSERT_GT(share, 0);
    EXPECT_LT((sum / share - s->next.segment<2>(2 * j)).norm(), 1e-12);
  }
}

}  // namespace
}  // namespace iem
