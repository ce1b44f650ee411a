// A sweep over the registered rules: a rule that is added is held to this without an edit here.
#include "core/optimize/optimizer.h"
#include "core/labs/registry.h"

#include <gtest/gtest.h>

#include <set>

#include "core/labs/kit/lab.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::same_bits;

class RuleTest : public ::testing::TestWithParam<std::string> {
 protected:
  const OptimizerType& rule() const { return *find_optimizer(GetParam()); }
};

std::vector<std::string> ids() {
  std::vector<std::string> out;
  for (const OptimizerType& rule : optimizers()) out.push_back(rule.id);
  return out;
}
INSTANTIATE_TEST_SUITE_P(Registry, RuleTest, ::testing::ValuesIn(ids()),
                         [](const auto& p) { return p.param; });

// A configuration that asks for this rule away from the ends of its sliders.
Config config_for(const OptimizerType& rule) {
  Config config("mixture", find_lab("mixture")->parameters());
  config.set("optimizer.method", rule.id);
  for (const Parameter& parameter : rule.parameters)
    if (parameter.key == "optimizer.blend") config.set(parameter.key, 0.4);
  return config;
}

// A few steps; the thetas passed through, then the memory.
std::vector<Eigen::VectorXd> steps(const OptimizerType& rule, const Mixture& model, const Dataset& data,
                                   int count) {
  const auto optimizer = rule.make(config_for(rule));
  Theta theta = model.pack(testing::some_components(model.components(), model.options().covariance, 3));
  OptimizerState optimizer_state;
  Random random(5);
  ThreadPool alone(1);
  std::vector<Eigen::VectorXd> out = {theta};
  for (int i = 0; i < count; ++i) {
    const Evaluation full = testing::evaluate(model, theta, 0.9, data, Wanted::sums);
    optimizer->step({model, data, full, 0.9, alone}, theta, optimizer_state, random);
    ++optimizer_state.count;
    out.push_back(theta);
  }
  out.insert(out.end(), optimizer_state.vectors.begin(), optimizer_state.vectors.end());
  return out;
}

Mixture mixture(const EnergyType& energy, CovarianceKind kind, int learn, bool volume_term = true) {
  MixtureOptions options;
  options.energy = &energy;
  options.shape = testing::shape_of(energy);
  options.covariance = kind;
  options.learn_means = learn & 1;
  options.learn_covariances = learn & 2;
  options.learn_weights = learn & 4;
  options.volume_term = volume_term;
  return Mixture(options);
}

TEST_P(RuleTest, NeverTouchesWhatIsNotLearned) {
  const Dataset data = testing::cloud(150, 1);
  int tried = 0;
  for (const EnergyType& energy : energies())
    for (CovarianceKind kind : testing::covariance_kinds())
      for (int learn = 0; learn < 8; ++learn) {
        const Mixture model = mixture(energy, kind, learn);
        if (!rule().unavailable(model).empty()) continue;
        ++tried;
        const auto thetas = steps(rule(), model, data, 3);
        for (const Block& block : model.layout().blocks()) {
          if (block.learned) continue;
          for (int i = 1; i <= 3; ++i)
            ASSERT_TRUE(same_bits(thetas[static_cast<std::size_t>(i)].segment(block.offset, block.size()),
                                  thetas[0].segment(block.offset, block.size())))
                << energy.id << " " << covariance_names()[static_cast<std::size_t>(kind)] << " "
                << block.name;
        }
      }
  if (const std::string reason =
          rule().unavailable(mixture(*find_energy("gaussian"), CovarianceKind::full, 7));
      !reason.empty())
    GTEST_SKIP() << "a rule of another lab: " << reason;
  EXPECT_GT(tried, 0);
}

TEST_P(RuleTest, IsDeterministic) {
  const Dataset data = testing::cloud(150, 1);
  const Mixture model = mixture(*find_energy("gaussian"), CovarianceKind::full, 7);
  if (!rule().unavailable(model).empty()) GTEST_SKIP() << rule().unavailable(model);
  const auto a = steps(rule(), model, data, 5), b = steps(rule(), model, data, 5);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(same_bits(a[i], b[i])) << i;
}

TEST_P(RuleTest, LowersTheLossInAWhile) {
  const Dataset data = testing::cloud(300, 1);
  const Mixture model = mixture(*find_energy("gaussian"), CovarianceKind::full, 7);
  if (!rule().unavailable(model).empty()) GTEST_SKIP() << rule().unavailable(model);
  const auto thetas = steps(rule(), model, data, 60);
  EXPECT_LT(testing::evaluate(model, thetas[60], 0.9, data).loss,
            testing::evaluate(model, thetas[0], 0.9, data).loss);
}

TEST_P(RuleTest, SaysInOneSentenceWhyItDoesNotApplyAndOffersAnother) {
  for (const EnergyType& energy : energies())
    for (CovarianceKind kind : testing::covariance_kinds())
      for (bool volume_term : {true, false}) {
        const std::string reason = rule().unavailable(mixture(energy, kind, 7, volume_term));
        if (reason.empty()) continue;
        EXPECT_TRUE(reason.ends_with('.')) << reason;
        bool offers = false;
        for (const OptimizerType& other : optimizers())
          offers = offers || (other.id != rule().id && reason.find(other.id) != std::string::npos);
        EXPECT_TRUE(offers) << reason;
      }
}

TEST_P(RuleTest, DeclaresItsTextsAndItsKeys) {
  EXPECT_FALSE(rule().label.empty());
  EXPECT_FALSE(rule().formula.empty());
  EXPECT_TRUE(rule().help.ends_with('.')) << rule().help;
  int labs_with_it = 0;  // where all its keys apply: no lab has every rule
  for (const Lab* lab : labs()) {
    Config config(lab->id(), lab->parameters());
    config.set("optimizer.method", rule().id);
    if (rule().id == "gd_to_em") config.set("optimizer.blend", 0.4);  // at 0 nothing of EM is at work
    labs_with_it += std::ranges::all_of(rule().parameters, [&](const Parameter& parameter) {
      EXPECT_TRUE(parameter.key.starts_with("optimizer.")) << parameter.key;
      return config.table().find(parameter.key) && config.unavailable_reason(parameter.key).empty();
    });
  }
  EXPECT_GT(labs_with_it, 0);
}

// Theory, checks and remedies read what a rule says of its steps.
TEST_P(RuleTest, StepsAsItDeclares) {
  const Mixture model = mixture(*find_energy("gaussian"), CovarianceKind::full, 7);
  if (!rule().follows_flow && !rule().relaxes_em) GTEST_SKIP() << "it declares nothing of its steps";
  if (!rule().unavailable(model).empty()) GTEST_SKIP() << rule().unavailable(model);
  const Dataset data = testing::cloud(150, 1);
  const Theta start = model.pack(testing::some_components(3, CovarianceKind::full, 3));
  const Evaluation full = testing::evaluate(model, start, 1, data, Wanted::sums);
  ThreadPool alone(1);
  const auto after = [&](const OptimizerType& type) {
    Config config = config_for(type);
    config.set(kRateKey, 1.0);
    Theta theta = start;
    OptimizerState optimizer_state;
    Random random(1);
    type.make(config)->step({model, data, full, 1, alone}, theta, optimizer_state, random);
    return theta;
  };
  if (rule().follows_flow) {
    const Theta way = after(rule()) - start;
    EXPECT_NEAR(way.normalized().dot(full.gradient.normalized()), -1, 1e-12);
  }
  if (rule().relaxes_em) EXPECT_TRUE(same_bits(after(rule()), after(*find_optimizer("em"))));
}

TEST(Rules, IdsAreUniqueAndOffered) {
  std::set<std::string> seen;
  const Parameter* method = find_lab("mixture")->parameters()->find("optimizer.method");
  ASSERT_NE(method, nullptr);
  for (const OptimizerType& rule : optimizers()) {
    EXPECT_TRUE(seen.insert(rule.id).second) << rule.id;
    EXPECT_NE(std::find(method->choices.begin(), method->choices.end(), rule.id), method->choices.end());
  }
  EXPECT_EQ(find_optimizer("no_such_rule"), nullptr);
}

TEST(GradientDescent, MovesByTheLearningRateTimesTheGradient) {
  const Dataset data = testing::cloud(150, 1);
  const Mixture model = mixture(*find_energy("gaussian"), CovarianceKind::full, 7);
  const auto thetas = steps(*find_optimizer("gd"), model, data, 1);
  const Theta g = testing::evaluate(model, thetas[0], 0.9, data).gradient;
  EXPECT_TRUE(same_bits(thetas[1], thetas[0] - 0.1 * g));
}

TEST(GdToEm, IsGradientDescentAtZeroAndEmAtOneToTheLastBit) {
  const Dataset data = testing::cloud(150, 1);
  ThreadPool alone(1);
  for (CovarianceKind kind : testing::covariance_kinds()) {
    const Mixture model = mixture(*find_energy("gaussian"), kind, 7);
    const Theta start = model.pack(testing::some_components(3, kind, 3));
    const Evaluation full = testing::evaluate(model, start, 0.9, data, Wanted::sums);
    const auto after = [&](const char* method, double blend) {
      Config config("mixture", find_lab("mixture")->parameters());
      config.set("optimizer.blend", blend);
      Theta theta = start;
      OptimizerState optimizer_state;
      Random random(1);
      find_optimizer(method)->make(config)->step({model, data, full, 0.9, alone}, theta, optimizer_state,
                                                 random);
      return theta;
    };
    EXPECT_TRUE(same_bits(after("gd_to_em", 0), after("gd", 0)));
    EXPECT_TRUE(same_bits(after("gd_to_em", 1), after("em", 0)));
    // In between, the means go along the preconditioned gradient of math.md section 2.
    const Theta half = after("gd_to_em", 0.5), gd = after("gd", 0), em = after("em", 0);
    EXPECT_TRUE(testing::close(half.head(6), 0.5 * gd.head(6) + 0.5 * em.head(6), 1e-14));
  }
}

}  // namespace
}  // namespace iem
