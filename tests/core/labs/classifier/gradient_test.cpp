// dJ/dtheta and N dJ/dd of every energy, objective, responsibility, kappa, trust, background and lambda,
// against central differences of J and against automatic differentiation.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/check/check.h"
#include "tests/core/labs/classifier/cases.h"

namespace iem {
namespace {

using testing::classifier_scene;
using testing::labelled_points;
using testing::pool;

// [model] of what fits together.
std::vector<std::string> classifier_models() {
  std::vector<std::string> energies_used = {"energy = \"linear\"\n"};
  for (const EnergyType& energy : energies())
    for (const std::string& covariance : covariance_names()) {
      if (energy.on_circle && covariance != "fixed") continue;
      energies_used.push_back("energy = \"" + energy.id + "\"\ncovariance = \"" + covariance + "\"\n");
    }
  std::vector<std::string> out;
  for (const std::string& energy : energies_used) {
    const bool linear = energy.find("linear") != std::string::npos;
    out.push_back(energy + "objective = \"sigmoid\"\nmargin = 0.7\n");
    for (const char* tau : {"1.0", "0.7"})
      for (const char* background : {"", "background = true\nbackground_energy = 2.5\n"}) {
        const std::string head = energy + "temperature = " + tau + "\n" + background;
        for (const char* rule : {"", "responsibility = \"sparsemax\"\n", "responsibility = \"entmax15\"\n",
                                 "label_trust = 0.8\n", "label_trust = 0.7\nlearn_confusion = true\n"}) {
          out.push_back(head + rule);
          if (!linear)
            for (const char* kappa :
                 {"discriminative = 0.0\nunlabelled_weight = 0.4\n", "discriminative = 0.6\n"})
              out.push_back(head + rule + kappa);
        }
      }
  }
  return out;
}

// Central differences of J in every entry of theta.
Theta differences(const Snapshot& s) {
  constexpr double kStep = 1e-6;
  ThreadPool alone(1);
  Evaluation e;
  Theta out(s.state.theta.size());
  for (Eigen::Index i = 0; i < out.size(); ++i) {
    Theta theta = s.state.theta;
    theta[i] += kStep;
    s.model().evaluate(theta, s.temperature, s.data(), {}, Wanted::sums, alone, e);
    const double up = e.loss;
    theta[i] -= 2 * kStep;
    s.model().evaluate(theta, s.temperature, s.data(), {}, Wanted::sums, alone, e);
    out[i] = (up - e.loss) / (2 * kStep);
  }
  s.model().layout().mask(out);
  return out;
}

TEST(ClassifierGradient, IsThatOfTheLossForEveryModel) {
  int models = 0;
  for (const std::string& model : classifier_models()) {
    const bool sigmoid = model.find("sigmoid") != std::string::npos;
    iem::Run run(classifier_scene(labelled_points(!sigmoid) + "[model]\n" + model +
                                  "[optimizer]\nlearning_rate = 0.05\n"),
                 pool());
    run.seek(2);
    const auto s = take_snapshot(run);
    EXPECT_TRUE(testing::close(s->evaluation.gradient, differences(*s), 2e-8)) << model;
    std::set<std::string> passed;
    for (const CheckResult& check : run_checks(*s)) {
      EXPECT_NE(check.status, CheckStatus::fail) << model << check.id << " " << check.error;
      if (check.status == CheckStatus::pass) passed.insert(check.id);
    }
    EXPECT_TRUE(passed.contains("clamped_minus_free") && passed.contains("clamped_gradient")) << model;
    ++models;
  }
  EXPECT_GT(models, 300);
}

// The very numbers of math.md section 6, written once more from its formulas.
TEST(ClassifierGradient, ClampsByTheLabelAndSetsFreeWithoutIt) {
  iem::Run run(classifier_scene(labelled_points(true) +
                                "[model]\nenergy = \"gaussian\"\ntemperature = 0.8\nlabel_trust = 0.7\n"
                                "discriminative = 0.6\nunlabelled_weight = 0.3\nbackground = true\n"
                                "background_energy = 2.0\n"),
               pool());
  run.seek(3);
  const auto s = take_snapshot(run);
  ASSERT_EQ(s->evaluation.responsibilities.cols(), 4);
  ASSERT_EQ(s->evaluation.energies.cols(), 3);
  long double loss = 0;
  for (Eigen::Index i = 0; i < s->data().size(); ++i) {
    const int y = s->data().labels[i];
    long double free = std::exp(-2.0L / 0.8L), clamped = 0, e[3], z = 0;
    for (int j = 0; j < 3; ++j) {
      const long double power = std::exp(-static_cast<long double>(s->evaluation.energies(i, j)) / 0.8L);
      free += power;
      e[j] = (j == y ? 0.7L : 0.15L) * power;
      z += e[j];
    }
    clamped = z;
    for (int j = 0; j < 3; ++j) {
      const long double r = std::exp(-static_cast<long double>(s->evaluation.energies(i, j)) / 0.8L) / free;
      EXPECT_NEAR(s->evaluation.responsibilities(i, j), static_cast<double>(r), 1e-14);
      const long double pull = y < 0 ? 0.3L * r : e[j] / z - 0.6L * r;
      EXPECT_NEAR(s->evaluation.pulls(i, j), static_cast<double>(pull), 1e-14);
    }
    loss += y < 0 ? -0.3L * 0.8L * std::log(free) : -0.8L * std::log(clamped) + 0.6L * 0.8L * std::log(free);
  }
  EXPECT_NEAR(s->evaluation.loss, static_cast<double>(loss / 40), 1e-13);
}

// A label that says nothing pulls on nothing.
TEST(ClassifierGradient, IsZeroWhereALabelIsNotBelievedAtAll) {
  for (const char* energy : {"linear", "gaussian"}) {
    iem::Run run(classifier_scene(labelled_points() + "[model]\nenergy = \"" + energy +
                                  "\"\nlabel_trust = 0.33333333333333337\n"),
                 pool());
    EXPECT_LT(run.evaluation().gradient.norm(), 1e-15) << energy;
  }
}

// Mini-batches are parts of the whole: their pulls add up.
TEST(ClassifierGradient, OfBatchesIsThatOfTheirPoints) {
  iem::Run run(classifier_scene(labelled_points(true) + "[model]\nenergy = \"student_t\"\n"), pool());
  std::vector<Eigen::Index> even, odd;
  for (Eigen::Index i = 0; i < 40; ++i) (i % 2 == 0 ? even : odd).push_back(i);
  ThreadPool alone(1);
  Evaluation a, b;
  const auto s = take_snapshot(run);
  s->model().evaluate(s->state.theta, 1, s->data(), even, Wanted::sums, alone, a);
  s->model().evaluate(s->state.theta, 1, s->data(), odd, Wanted::sums, alone, b);
  EXPECT_TRUE(testing::close(0.5 * (a.gradient + b.gradient), s->evaluation.gradient, 1e-14));
  EXPECT_NEAR(0.5 * (a.loss + b.loss), s->evaluation.loss, 1e-14);
}

}  // namespace
}  // namespace iem
