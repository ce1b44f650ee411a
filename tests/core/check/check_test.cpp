// The program's checks pass where the program is right, and fail where it is made wrong.
#include "core/check/check.h"
#include "core/session/program_checks.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <tuple>

#include "core/check/finite.h"
#include "core/labs/kit/lab.h"
#include "core/math/log_sum_exp.h"
#include "core/run/identity.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;

const CheckResult& find(const std::vector<CheckResult>& results, const std::string& id) {
  for (const CheckResult& result : results)
    if (result.id == id) return result;
  static const CheckResult none;
  ADD_FAILURE() << "no check " << id;
  return none;
}

void expect_no_failure(const std::vector<CheckResult>& results, const std::string& where) {
  for (const CheckResult& result : results) {
    EXPECT_NE(result.status, CheckStatus::fail) << where << ", " << result.id << ": " << result.error;
    EXPECT_EQ(result.status == CheckStatus::skip, !result.reason.empty()) << where << ", " << result.id;
    EXPECT_FALSE(result.statement.empty());
  }
}

class SceneChecks : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(BuiltIn, SceneChecks, ::testing::ValuesIn(builtin_scenes()),
                         [](const auto& p) { return p.param; });

TEST_P(SceneChecks, AllIdentitiesHoldAtTheStartOnTheWayAndLater) {
  iem::Run run(testing::short_scene(GetParam()), pool());
  for (std::int64_t step : {0, 1, 10, 60}) {
    run.seek(step);
    const auto results = run_checks(*take_snapshot(run));
    expect_no_failure(results, GetParam() + " at step " + std::to_string(step));
    const std::string lab = run.setup().problem().id();
    if (lab == "attention") {
      for (const char* id : {"routing_law", "value_law", "score_zero_sum"})
        EXPECT_EQ(find(results, id).status, CheckStatus::pass) << id;
    }
    if (lab == "activation") {
      // Curves without points have no J; they are checked as curves.
      const bool curves_alone = run.setup().data->size() == 0;
      for (const char* id : {"lse_gradient", "row_sums", curves_alone ? "activation_derivative" : "fisher"})
        EXPECT_EQ(find(results, id).status, CheckStatus::pass) << id;
      if (curves_alone) {
        EXPECT_EQ(find(results, "activation_closed_form").status, CheckStatus::pass);
      }
    }
    if (lab != "mixture") continue;
    const Model& model = *run.setup().model;
    const bool shared_out = model.responsibilities_unavailable().empty(),
               softmax = shared_out && model.responsibility() == Responsibility::softmax;
    EXPECT_EQ(find(results, "fisher").status, CheckStatus::pass);
    EXPECT_EQ(find(results, "row_sums").status, shared_out ? CheckStatus::pass : CheckStatus::skip);
    EXPECT_EQ(find(results, "lse_gradient").status, softmax ? CheckStatus::pass : CheckStatus::skip);
  }
}

TEST_P(SceneChecks, TheProgramKeepsItsPromises) {
  const auto results = run_program_checks(testing::short_scene(GetParam()), 20);
  ASSERT_EQ(results.size(), 3u);
  for (const CheckResult& result : results) EXPECT_EQ(result.status, CheckStatus::pass) << result.id;
}

TEST(Checks, HoldForEveryEnergyKindAndTemperature) {
  int tried = 0;
  for (const EnergyType& energy : energies())
    for (const std::string& kind : covariance_names())
      for (const char* rest : {"", "volume_term = false\n", "temperature = 0.05\n", "temperature = 30.0\n"}) {
        const std::string toml =
            "[model]\nenergy = \"" + energy.id + "\"\ncovariance = \"" + kind + "\"\n" + rest;
        try {
          iem::Run run(mixture_scene(toml), pool());
          run.seek(7);
          expect_no_failure(run_checks(*take_snapshot(run)), toml);
          ++tried;
        } catch (const InputError&) {
          EXPECT_TRUE(energy.on_circle && kind != "fixed")
              << toml << "is refused: only the circle has one kind";
        }
      }
  EXPECT_GE(tried, 4 * (static_cast<int>(covariance_names().size()) + 1));
}

TEST(Checks, ThatDoNotApplyAreSkippedWithTheReason) {
  iem::Run run(mixture_scene("[model]\nenergy = \"laplace\"\n"), pool());
  const auto results = run_checks(*take_snapshot(run));
  for (const char* id : {"em_is_preconditioned_gradient", "monotone_em"}) {
    EXPECT_EQ(find(results, id).status, CheckStatus::skip) << id;
    EXPECT_TRUE(std::isnan(find(results, id).error)) << id;
  }
}

// Slopes of 10^14 add up to 0 but for their own rounding.
TEST(Checks, ScoreZeroSumHoldsForEnormousSlopes) {
  Scene scene = load_scene("frozen_routing");
  scene.config.set("optimizer.value_learning_rate", 1e9);
  iem::Run run(scene, pool());
  ASSERT_EQ(run.step(), StepResult::stepped);
  const CheckResult result = find(run_checks(*take_snapshot(run)), "score_zero_sum");
  EXPECT_EQ(result.status, CheckStatus::pass) << result.error;
}

TEST(Checks, MonotoneEmIsSkippedWhereTheMStepHasNoCovariance) {
  iem::Run run(mixture_scene("[data]\nsource = \"inline\"\npoints = [[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]\n"
                             "[model]\ncomponents = 1\n"),
               pool());
  EXPECT_EQ(find(run_checks(*take_snapshot(run)), "monotone_em").status, CheckStatus::skip);
}

// --- a check that cannot fail proves nothing ---

// A mixture whose evaluation is spoiled on the way out.
class Spoiled : public Mixture {
 public:
  using Spoil = std::function<void(Evaluation&)>;
  Spoiled(const MixtureOptions& options, Spoil spoil, Spoil em = {})
      : Mixture(options),
        spoil_(std::move(spoil)),
        em_(std::move(em)) {}
  void evaluate(const Theta& theta, double tau, const Dataset& data, std::span<const Eigen::Index> batch,
                Wanted wanted, ThreadPool& pool, Evaluation& out) const override {
    Mixture::evaluate(theta, tau, data, batch, wanted, pool, out);
    if (spoil_) spoil_(out);
  }
  void em_step_into(const Theta& theta, const Dataset& data, const Evaluation& at_theta, double reg_covar,
                    Theta& next) const override {
    Evaluation wrong = at_theta;
    if (em_) em_(wrong);
    Mixture::em_step_into(theta, data, wrong, reg_covar, next);
  }

 private:
  Spoil spoil_, em_;
};

std::vector<CheckResult> checks_of(const Spoiled::Spoil& spoil, const Spoiled::Spoil& em = {}) {
  iem::Run run(load_scene("penguins"), pool());
  run.seek(20);
  Snapshot snapshot = *take_snapshot(run);
  auto setup = std::make_shared<Setup>(*snapshot.setup);
  setup->model =
      std::make_shared<const Spoiled>(static_cast<const Mixture&>(snapshot.model()).options(), spoil, em);
  snapshot.setup = setup;
  if (spoil) spoil(snapshot.evaluation);
  return run_checks(snapshot);
}

TEST(ChecksCanFail, RowSumsWhenOneResponsibilityIsOff) {
  const auto results = checks_of([](Evaluation& e) {
    if (e.responsibilities.size() > 0) e.responsibilities(7, 1) += 1e-12;
  });
  EXPECT_EQ(find(results, "row_sums").status, CheckStatus::fail);
}

TEST(ChecksCanFail, FisherWhenOneGradientEntryIsOff) {
  for (Eigen::Index i : {0, 7, 15, 17})
    EXPECT_EQ(find(checks_of([i](Evaluation& e) { e.gradient[i] += 1e-6; }), "fisher").status,
              CheckStatus::fail)
        << i;
}

TEST(ChecksCanFail, EmIsPreconditionedGradientWhenTheGradientHasTheWrongSign) {
  const auto results = checks_of([](Evaluation& e) { e.gradient = -e.gradient; });
  EXPECT_EQ(find(results, "em_is_preconditioned_gradient").status, CheckStatus::fail);
}

TEST(ChecksCanFail, MonotoneEmWhenTheMStepGoesElsewhere) {
  const auto results =
      checks_of({}, [](Evaluation& e) { e.statistics = e.statistics.colwise().reverse().eval(); });
  EXPECT_EQ(find(results, "monotone_em").status, CheckStatus::fail);
}

// A complex step in proportion to the temperature underflows where that is very low, and one that is not is
// large beside it: then there is nothing to compare with, and nothing that failed.
TEST(ColdChecks, SkipWhatNoStepCanReach) {
  int skipped = 0;
  for (const char* name : {"two_experts", "kink_of_experts", "no_open_world", "doubted_labels", "routing_toy",
                           "next_symbol", "penguins", "sparse", "lines_part", "relu_cold"})
    for (const double tau : {1e-10, 1e-100, 1e-143, 1e-150, 1e-160, 1e-170, 1e-200, 1e-300}) {
      Scene scene = testing::short_scene(name);
      scene.config.set("model.temperature", tau);
      const auto results = run_checks(*take_snapshot(iem::Run(std::move(scene), pool())));
      expect_no_failure(results, std::string(name) + " at " + std::to_string(std::log10(tau)));
      for (const CheckResult& result : results) {
        if (result.id != "routing_law" && result.id != "expert_pull" && result.id != "lse_gradient") continue;
        if (tau > (result.id == "routing_law" ? 1e-142 : 1e-157)) continue;
        EXPECT_EQ(result.status, CheckStatus::skip) << name << ", " << result.id << " at " << tau;
        skipped += result.reason.find("the temperature is too low") != std::string::npos ? 1 : 0;
      }
    }
  EXPECT_GT(skipped, 20);
}

TEST(ColdChecks, GoOnJustAboveThat) {
  for (const auto& [name, id, tau] : {std::tuple{"two_experts", "lse_gradient", 1e-157},
                                      {"two_experts", "expert_pull", 1e-157},
                                      {"penguins", "lse_gradient", 1e-157},
                                      {"routing_toy", "routing_law", 1e-140}}) {
    Scene scene = load_scene(name);
    scene.config.set("model.temperature", tau);
    const auto results = run_checks(*take_snapshot(iem::Run(std::move(scene), pool())));
    EXPECT_EQ(find(results, id).status, CheckStatus::pass) << name << ", " << id;
  }
}

// Z is finite there, and must not be blamed.
TEST(ColdChecks, SayThatItIsTheSlopeWhichIsLost) {
  Scene scene = load_scene("penguins");
  scene.config.set("model.temperature", 1e-200);
  const auto s = take_snapshot(iem::Run(std::move(scene), pool()));
  ASSERT_TRUE(std::isfinite(s->evaluation.loss));
  EXPECT_EQ(cannot_be_checked(*s), "cannot be checked: dL/dd is not finite");
}

// What is on screen is the snapshot: its own numbers are what must be checked, not freshly made ones.
Snapshot penguins() {
  iem::Run run(load_scene("penguins"), pool());
  run.seek(20);
  return *take_snapshot(run);
}

TEST(ChecksSeeTheSnapshot, LseGradientFailsWhenAClaimIsOff) {
  Snapshot snapshot = penguins();
  ASSERT_EQ(find(run_checks(snapshot), "lse_gradient").status, CheckStatus::pass);
  snapshot.identity.claimed(3, 1) += 1e-12;
  EXPECT_EQ(find(run_checks(snapshot), "lse_gradient").status, CheckStatus::fail);
}

TEST(ChecksSeeTheSnapshot, RowSumsFailsWhenItsResponsibilitiesAreOff) {
  Snapshot snapshot = penguins();
  snapshot.evaluation.responsibilities(11, 2) -= 1e-12;
  EXPECT_EQ(find(run_checks(snapshot), "row_sums").status, CheckStatus::fail);
}

TEST(ChecksSeeTheSnapshot, FisherFailsWhenItsGradientIsOff) {
  Snapshot snapshot = penguins();
  snapshot.evaluation.gradient[4] += 1e-6;
  EXPECT_EQ(find(run_checks(snapshot), "fisher").status, CheckStatus::fail);
}

TEST(ChecksSeeTheSnapshot, FisherFailsWhenItsParametersAreNotThoseOfTheGradient) {
  Snapshot snapshot = penguins();
  snapshot.state.theta[8] += 1e-3;
  EXPECT_EQ(find(run_checks(snapshot), "fisher").status, CheckStatus::fail);
}

TEST(ChecksSeeTheSnapshot, ANanFailsAndDoesNotPass) {
  Snapshot snapshot = penguins();
  snapshot.identity.claimed(0, 0) = std::nan("");
  snapshot.evaluation.responsibilities(0, 0) = std::nan("");
  snapshot.evaluation.gradient[0] = std::nan("");
  const auto results = run_checks(snapshot);
  for (const char* id : {"lse_gradient", "row_sums", "fisher"})
    EXPECT_EQ(find(results, id).status, CheckStatus::fail) << id;
}

// --- the scalar identity ---

TEST(LogSumExp, DerivativeByComplexStepIsMinusTheResponsibility) {
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    std::vector<double> d(1 + static_cast<std::size_t>(random.below(17))), r(d.size()), slopes(d.size());
    for (double& value : d) value = random.uniform(-20, 20);
    const double tau = std::exp(random.uniform(-3, 3));
    log_sum_exp(d, tau, r);
    log_sum_exp_derivatives(d, tau, slopes);
    for (std::size_t j = 0; j < d.size(); ++j) {
      EXPECT_NEAR(slopes[j], -r[j], 1e-14);
      std::vector<std::complex<double>> stepped(d.begin(), d.end());
      stepped[j].imag(1e-150 * tau);
      EXPECT_EQ(slopes[j], log_sum_exp(stepped, tau).imag() / (1e-150 * tau));  // to the last bit
    }
  }
}

TEST(LogSumExp, IsBetweenTheHardMinimumAndItsBound) {
  Random random(2);
  for (int i = 0; i < 500; ++i) {
    std::vector<double> d(6), r(6);
    for (double& value : d) value = random.normal();
    const double tau = std::exp(random.uniform(-6, 6)), least = *std::min_element(d.begin(), d.end());
    const double soft = -log_sum_exp(d, tau, r);
    EXPECT_LE(soft, least + 1e-12);
    EXPECT_GE(soft, least - tau * std::log(6.0) - 1e-12 * tau);
  }
}

TEST(LogSumExp, TakesEnergiesOfAnySize) {
  for (double tau : {1e-9, 1.0, 1e9})
    for (const std::vector<double>& d :
         std::vector<std::vector<double>>{{1e300, -1e300}, {1e300, 1e300}, {-1e300, -1e300, 0}}) {
      std::vector<double> r(d.size());
      EXPECT_TRUE(std::isfinite(log_sum_exp(d, tau, r)));
      double sum = 0;
      for (double value : r) sum += value;
      EXPECT_NEAR(sum, 1, 1e-14);
    }
}

TEST(IdentitySample, SpreadsItsPointsOverTheDataAndIsSmallToRounding) {
  iem::Run run(load_scene("old_faithful"), pool());
  const IdentitySample sample = identity_sample(run, 64);
  ASSERT_EQ(sample.points.size(), 64u);
  EXPECT_EQ(sample.points.front(), 0);
  EXPECT_GE(sample.points.back(), 272 - 5);
  EXPECT_TRUE(std::is_sorted(sample.points.begin(), sample.points.end()));
  EXPECT_LE(sample.largest_difference, 1e-14);
  EXPECT_GT(sample.computed.cwiseAbs().maxCoeff(), 0.5) << "not all zero";
  EXPECT_LE(identity_error(run), 1e-14);
}

}  // namespace
}  // namespace iem
