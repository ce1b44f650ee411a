// Hypotheses that learn: gradients, constants, M-steps, and where every rule ends.
#include "core/labs/activation/model/line_model.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <tuple>

#include "core/optimize/optimizer.h"
#include "core/run/run.h"
#include "core/run/scene.h"
#include "core/run/snapshot.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

iem::Run line_run(const std::string& toml, int threads = 1) {
  return iem::Run(parse_scene("format = 1\nlab = \"activation\"\nseed = 3\n" + toml, "test.toml"),
                  pool(threads));
}

const std::string kTwoBumps = "[data]\nsource = \"bumps\"\nclusters = 2\ncount = 600\nnoise = 0.8\n";

const LineModel& line_in(const iem::Run& run) { return static_cast<const LineModel&>(*run.setup().model); }

double loss_at(const iem::Run& run, const Theta& theta, double tau) {
  Evaluation e;
  run.setup().model->evaluate(theta, tau, *run.setup().data, {}, Wanted::sums, run.pool(), e);
  return e.loss;
}

const char* const kDensities[] = {"gaussian", "laplace", "student_t", "huber", "pseudo_huber"};

TEST(LineModel, GradientIsTheDerivativeOfJ) {
  for (const char* kernel : kDensities)
    for (const char* kind : {"sign", "prototypes"})
      for (const char* volume : {"true", "false"}) {
        const iem::Run run =
            line_run(kTwoBumps + "[model]\nhypotheses = \"" + kind + "\"\nenergy = \"" + kernel +
                     "\"\nvolume_term = " + volume + "\ntemperature = 1.3\nscale = 0.9\n");
        Theta theta = run.state().theta;
        for (Eigen::Index i = 0; i < theta.size(); ++i) theta[i] += 0.1 * static_cast<double>(i + 1);
        Evaluation e;
        run.setup().model->evaluate(theta, 1.3, *run.setup().data, {}, Wanted::sums, run.pool(), e);
        for (Eigen::Index i = 0; i < theta.size(); ++i) {
          Theta up = theta, down = theta;
          const double h = 1e-6;
          up[i] += h, down[i] -= h;
          const double difference = (loss_at(run, up, 1.3) - loss_at(run, down, 1.3)) / (2 * h);
          EXPECT_NEAR(e.gradient[i], difference, 1e-7) << kernel << " " << kind << " entry " << i;
        }
      }
}

// At tau = 1 J is a negative log-likelihood: exp(-J) of one point integrates to 1 over the line.
TEST(LineModel, DensitiesHaveUnitMass) {
  for (const char* kernel : kDensities) {
    iem::Run run =
        line_run("[model]\nenergy = \"" + std::string(kernel) + "\"\nprior = 0.3\nscale = 0.6\nnu = 4.0\n");
    const Hypotheses h = line_in(run).hypotheses(run.state().theta, 1);
    double mass = 0;
    const double step = 2e-3;
    for (double z = -200; z < 200; z += step) mass += step * std::exp(posterior(h, z).log_partition);
    EXPECT_NEAR(mass, 1, 1e-6) << kernel;
  }
}

TEST(LineModel, LearnsTheParametersTheDataWereMadeWith) {
  // 20000 points around +-1.5 with deviation 0.8: standard errors are below 0.01.
  for (const char* rule : {"em", "natural", "adam"}) {
    iem::Run run = line_run(
        "[data]\nsource = \"bumps\"\nclusters = 2\ncount = 20000\nnoise = 0.8\n[model]\nm = 1.0\nscale = "
        "2.0\n"
        "prior = 0.55\n[optimizer]\nmethod = \"" +
        std::string(rule) + "\"\n" + (std::string(rule) == "natural" ? "learning_rate = 0.5\n" : ""));
    run.seek(300);
    const LineNatural got = line_in(run).unpack(run.state().theta);
    EXPECT_NEAR(got.places[0], 1.5, 0.02) << rule;
    EXPECT_NEAR(got.scale, 0.8, 0.02) << rule;
    EXPECT_NEAR(got.prior[0], 0.5, 0.02) << rule;
  }
}

// Data whose distribution is known: (i + 1/2)/n quantiles of a kernel's density about -m and m.
std::string quantiles_of(double (*quantile)(double), double m, double scale) {
  constexpr int kEach = 4000;
  std::string points;
  for (int i = 0; i < kEach; ++i)
    for (double sign : {-1.0, 1.0}) {
      char text[48];
      const double p = (i + 0.5) / kEach;
      std::snprintf(text, sizeof text, "%s[%.17g]", points.empty() ? "" : ", ",
                    sign * m + scale * quantile(p));
      points += text;
    }
  return "[data]\nsource = \"inline\"\npoints = [" + points + "]\n";
}

double laplace_quantile(double p) { return p < 0.5 ? std::log(2 * p) : -std::log(2 - 2 * p); }
double t2_quantile(double p) { return (2 * p - 1) / std::sqrt(2 * p * (1 - p)); }

TEST(LineModel, HeavyTailsLearnTheParametersTheirDataWereMadeWith) {
  const std::tuple<const char*, double (*)(double)> cases[] = {{"laplace", laplace_quantile},
                                                               {"student_t", t2_quantile}};
  for (const auto& [kernel, quantile] : cases)
    for (const char* rule : {"em", "natural"}) {
      iem::Run run =
          line_run(quantiles_of(quantile, 1.7, 0.45) + "[model]\nenergy = \"" + kernel +
                   "\"\nnu = 2.0\nm = 0.8\nscale = 1.2\nprior = 0.6\n[optimizer]\nmethod = \"" + rule +
                   "\"\n" + (std::string(rule) == "natural" ? "learning_rate = 0.5\n" : ""));
      run.seek(300);
      const LineNatural got = line_in(run).unpack(run.state().theta);
      EXPECT_NEAR(got.places[0], 1.7, 0.005) << kernel << " " << rule;
      EXPECT_NEAR(got.scale, 0.45, 0.005) << kernel << " " << rule;
      EXPECT_NEAR(got.prior[0], 0.5, 0.005) << kernel << " " << rule;
    }
}

// How a rule is led to its end: at most so many steps at each learning rate; none where it has no rate.
struct RuleCase {
  const char* settings;
  std::vector<double> rates;
  int steps;
  double tolerance;  // of theta
};

// Rules whose steps keep a length of their own end as near as their last rate lets them.
const std::map<std::string, RuleCase>& rule_cases() {
  static const std::map<std::string, RuleCase> all = {
      {"gd", {"", {0.5}, 3000, 1e-8}},
      {"gd_to_em", {"blend = 0.5\n", {0.5}, 2500, 1e-8}},
      {"natural", {"", {0.5}, 2500, 1e-8}},
      {"incremental_em", {"batch_size = 100\n", {}, 6000, 1e-8}},
      {"squarem", {"", {}, 700, 1e-8}},
      {"anderson", {"", {}, 300, 1e-8}},
      {"momentum", {"", {0.1}, 2000, 1e-8}},
      {"nesterov", {"", {0.1}, 2000, 1e-8}},
      {"sgd", {"batch_size = 100\n", {0.3, 0.05, 0.01, 2e-3}, 2500, 0.01}},
      {"rmsprop", {"", {1e-2, 1e-3, 1e-4, 1e-5}, 1000, 1e-4}},
      {"adam", {"", {1e-2, 1e-3, 1e-4}, 1500, 1e-5}},
      {"adamw", {"weight_decay = 0.0\n", {1e-2, 1e-3, 1e-4}, 1500, 1e-5}},
  };
  return all;
}

// So many steps, or until it rests: what has not moved by 1e-13 in fifty steps does not end elsewhere.
void lead(iem::Run& run, std::int64_t steps) {
  constexpr std::int64_t kWhile = 50;
  const std::int64_t last = run.state().step + steps;
  for (double moved = 1; moved > 1e-13 && run.state().step < last;) {
    const Theta before = run.state().theta;
    run.seek(std::min(last, run.state().step + kWhile));
    moved = (run.state().theta - before).cwiseAbs().maxCoeff();
  }
}

// Every rule there is, but hard_em, which maximises another thing (below), and those that have nothing to
// move here.
TEST(LineModel, EveryRuleEndsWhereEmDoes) {
  for (const char* kernel : {"gaussian", "student_t", "huber", "pseudo_huber"}) {
    const std::string model = "[model]\nenergy = \"" + std::string(kernel) + "\"\nm = 0.9\n";
    iem::Run em = line_run(kTwoBumps + model + "[optimizer]\nmethod = \"em\"\n");
    em.seek(2000);
    ASSERT_LT(em.evaluation().gradient_norm(), 1e-12) << kernel;
    std::size_t tried = 0;
    for (const OptimizerType& rule : optimizers()) {
      if (rule.id == "em" || rule.id == "hard_em" || !rule.unavailable(line_in(em)).empty()) continue;
      const auto found = rule_cases().find(rule.id);
      ASSERT_NE(found, rule_cases().end()) << rule.id << " is not tried";
      const RuleCase& how = found->second;
      iem::Run run =
          line_run(kTwoBumps + model + "[optimizer]\nmethod = \"" + rule.id + "\"\n" + how.settings);
      if (how.rates.empty()) lead(run, how.steps);
      for (double rate : how.rates) {
        run.apply({"optimizer.learning_rate", rate});
        lead(run, how.steps);
      }
      EXPECT_TRUE(close(run.state().theta, em.state().theta, how.tolerance)) << kernel << " " << rule.id;
      EXPECT_NEAR(run.evaluation().loss, em.evaluation().loss, how.tolerance) << kernel << " " << rule.id;
      ++tried;
    }
    EXPECT_EQ(tried, rule_cases().size());
  }
}

// With r = 0 or 1 signs are learned as if they were seen: m is the mean of |z|, and too large.
TEST(LineModel, HardEmEndsAtTheMeanOfTheAbsoluteValues) {
  iem::Run run = line_run(kTwoBumps + "[optimizer]\nmethod = \"hard_em\"\n");
  run.seek(50);
  const auto z = run.setup().data->points.col(0);
  const LineNatural got = line_in(run).unpack(run.state().theta);
  // The boundary lies at 0 when both signs are as probable; 300 and 300 points are nearly so.
  EXPECT_NEAR(got.places[0], z.cwiseAbs().mean(), 2e-3);
  EXPECT_NEAR(got.scale * got.scale, z.squaredNorm() / 600 - got.places[0] * got.places[0], 2e-3);
}

// The weights of prototypes alone, and where EM of the weights alone ends.
TEST(LineModel, ExponentiatedGradientMovesThePriorOfPrototypes) {
  const std::string scene =
      kTwoBumps +
      "[model]\nhypotheses = \"prototypes\"\npositions = [-1.5, 0.4, 1.5]\nscale = 0.8\n"
      "learn = [\"prior\"]\n[optimizer]\n";
  iem::Run em = line_run(scene + "method = \"em\"\n"),
           run = line_run(scene + "method = \"exponentiated\"\nlearning_rate = 1.0\n");
  em.seek(4000), run.seek(4000);
  const LineNatural a = line_in(em).unpack(em.state().theta), b = line_in(run).unpack(run.state().theta);
  EXPECT_EQ(b.places, (std::vector<double>{-1.5, 0.4, 1.5}));
  for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(a.prior[j], b.prior[j], 1e-6);
  EXPECT_THROW(line_run("[optimizer]\nmethod = \"exponentiated\"\n"), InputError);  // a sign has one logit
}

TEST(LineModel, EmNeverRaisesJAndItsFixedPointIsStationary) {
  for (const char* kernel : kDensities)
    for (const char* kind : {"sign", "prototypes"}) {
      iem::Run run = line_run(kTwoBumps + "[model]\nhypotheses = \"" + kind + "\"\nenergy = \"" + kernel +
                              "\"\n[optimizer]\nmethod = \"em\"\n");
      double before = run.evaluation().loss;
      for (int step = 0; step < 40; ++step) {
        ASSERT_EQ(run.step(), StepResult::stepped);
        EXPECT_LE(run.evaluation().loss, before + 1e-12) << kernel << " " << kind;
        before = run.evaluation().loss;
      }
    }
}

// The M-step of Laplace signs by brute force: of all |z_i|, the m with the least weighted deviation.
// All points on one side: the prior of its sign rounds to 1, and the run goes on as its mirror image does.
TEST(LineModel, OneSignMayHaveAllPoints) {
  const auto one_sided = [](double side, const std::string& rule) {
    std::string points;
    for (int i = 0; i < 100; ++i)
      points += (i > 0 ? ", [" : "[") + std::to_string(side * (100 + 0.01 * i)) + "]";
    return line_run("[data]\nsource = \"inline\"\npoints = [" + points +
                    "]\n[model]\nm = 50.0\n[optimizer]\n" + rule);
  };
  for (const std::string rule :
       {"method = \"em\"", "method = \"hard_em\"", "method = \"incremental_em\"", "method = \"squarem\"",
        "method = \"gd_to_em\"\nblend = 0.5\nlearning_rate = 0.001",
        "method = \"natural\"\nlearning_rate = 1.0"}) {
    iem::Run right = one_sided(1, rule), left = one_sided(-1, rule);
    right.seek(150);
    left.seek(150);
    ASSERT_FALSE(right.divergence()) << rule << ": " << right.divergence()->quantity;
    ASSERT_EQ(right.state().step, 150) << rule;
    EXPECT_NEAR(right.evaluation().loss, left.evaluation().loss, 1e-9) << rule;
    EXPECT_GT(line_in(right).unpack(right.state().theta).prior[0], 1 - 1e-12) << rule;
  }
}

TEST(LineModel, LaplaceSignsMoveToTheWeightedMedian) {
  iem::Run run = line_run(kTwoBumps + "[model]\nenergy = \"laplace\"\n[optimizer]\nmethod = \"em\"\n");
  Evaluation rows;
  const Dataset& data = *run.setup().data;
  run.setup().model->evaluate(run.state().theta, 1, data, {}, Wanted::rows, run.pool(), rows);
  ASSERT_EQ(run.step(), StepResult::stepped);
  const auto deviation = [&](double m) {
    double sum = 0;
    for (Eigen::Index i = 0; i < data.size(); ++i)
      sum += rows.responsibilities(i, 0) * std::abs(data.points(i, 0) + m) +
             rows.responsibilities(i, 1) * std::abs(data.points(i, 0) - m);
    return sum;
  };
  double least = 1e300;
  for (Eigen::Index i = 0; i < data.size(); ++i)
    least = std::min({least, deviation(data.points(i, 0)), deviation(-data.points(i, 0))});
  const LineNatural got = line_in(run).unpack(run.state().theta);
  EXPECT_NEAR(deviation(got.places[0]), least, 1e-9);
  EXPECT_NEAR(got.scale, least / static_cast<double>(data.size()), 1e-12);
}

// The lesson of the scene robust_sign: how far one gross outlier moves what is learned from the rest, in m
// and in the activation. With the scale held every kernel with bounded pull keeps the clouds; where the scale
// is learned too, only the t does, because the others' pull on the scale grows with the distance.
TEST(LineModel, OneOutlierAndTheKernels) {
  const Scene lesson = load_scene("robust_sign");
  Tensor clean = lesson.config.tensor("data.points");
  ASSERT_EQ(clean.data.back(), 25);
  clean.data.pop_back(), --clean.shape[0];
  struct Moved {
    double m, activation;
  };
  const auto moved = [&](const char* kernel, const std::vector<std::string>& learn) {
    const auto learned = [&](bool outlier) {
      Scene scene = lesson;
      scene.config.set("model.energy", std::string(kernel));
      scene.config.set("model.scale", 0.4);
      scene.config.set("model.learn", learn);
      if (!outlier) scene.config.set("data.points", clean);
      iem::Run run(scene, pool());
      run.seek(300);
      return line_in(run).hypotheses(run.state().theta, 1);
    };
    const Hypotheses with = learned(true), without = learned(false);
    Moved out{std::abs(with.mu[1] - without.mu[1]), 0};
    for (double z = -3; z <= 3; z += 0.05)
      out.activation =
          std::max(out.activation, std::abs(posterior(with, z).mean - posterior(without, z).mean));
    return out;
  };
  const std::vector<std::string> place = {"m"}, all = {"m", "scale", "prior"};
  EXPECT_GT(moved("gaussian", place).m, 0.7);
  for (const char* kernel : {"laplace", "huber", "pseudo_huber", "student_t"})
    EXPECT_LT(moved(kernel, place).m, 0.06) << kernel;
  for (const char* kernel : {"gaussian", "laplace", "huber", "pseudo_huber"})
    EXPECT_GT(moved(kernel, all).activation, 0.5) << kernel;
  EXPECT_LT(moved("student_t", all).activation, 0.1);
}

TEST(LineModel, TheVolumeTermChangesNoActivation) {
  const std::string model = "[model]\nm = 1.2\nscale = 0.7\nprior = 0.3\nvolume_term = ";
  const iem::Run with = line_run(model + "true\n"), without = line_run(model + "false\n");
  const Hypotheses a = line_in(with).hypotheses(with.state().theta, 1),
                   b = line_in(without).hypotheses(without.state().theta, 1);
  EXPECT_NE(a.offset, b.offset);
  for (double z : {-3.0, 0.1, 2.0}) EXPECT_EQ(posterior(a, z).mean, posterior(b, z).mean);
  // Learned without it the scale collapses into the widest: every distance costs nothing.
  iem::Run run = line_run(kTwoBumps + "[model]\nvolume_term = false\n");
  run.seek(200);
  EXPECT_GT(line_in(run).unpack(run.state().theta).scale, 3);
}

TEST(LineModel, TheSameBitsForAnyNumberOfThreadsAndAMovedSum) {
  const std::string scene =
      "[data]\nsource = \"bumps\"\nclusters = 2\ncount = 20000\n[optimizer]\nmethod = \"em\"\n";
  iem::Run one = line_run(scene, 1), three = line_run(scene, 3);
  one.seek(5), three.seek(5);
  EXPECT_EQ(one.state().hash(), three.state().hash());
}

TEST(LineModel, AHandMovesTheStateAndAKeyDoesToo) {
  iem::Run run = line_run(kTwoBumps);
  run.seek(3);
  run.apply({"state.m", Tensor{{}, {2.5}}});
  EXPECT_EQ(line_in(run).unpack(run.state().theta).places[0], 2.5);
  run.apply({"model.m", 0.25});
  EXPECT_EQ(line_in(run).unpack(run.state().theta).places[0], 0.25);
  EXPECT_EQ(run.state().step, 3);
  EXPECT_THROW(run.apply({"state.scale", -1.0}), InputError);
  EXPECT_THROW(run.apply({"state.prior", 1.0}), InputError);
  EXPECT_THROW(run.apply({"state.means", 1.0}), InputError);
  EXPECT_THROW(run.apply({"state.m", Tensor{{2}, {1, 2}}}), InputError);
  // Other hypotheses: the scale stays, places begin as the scene says.
  const double scale = line_in(run).unpack(run.state().theta).scale;
  run.apply({"model.hypotheses", std::string("prototypes")});
  const LineNatural now = line_in(run).unpack(run.state().theta);
  EXPECT_EQ(now.places, (std::vector<double>{-3, 0, 3}));
  EXPECT_NEAR(now.scale, scale, 1e-15);
  run.apply({"model.components", std::int64_t{5}});
  EXPECT_EQ(line_in(run).unpack(run.state().theta).places.size(), 5u);
}

TEST(LineModel, WithoutDataOrDensityThereIsNoJ) {
  for (const char* model : {"", "[data]\nsource = \"bumps\"\n[model]\nenergy = \"exponential\"\n",
                            "[data]\nsource = \"bumps\"\n[model]\nhypotheses = \"gate\"\n",
                            "[model]\nenergy = \"student_t\"\nexponent = 1.0\n"}) {
    iem::Run run = line_run(model);
    const Theta theta = run.state().theta;
    EXPECT_TRUE(std::isnan(run.evaluation().loss));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(run.step(), StepResult::stepped);
    EXPECT_EQ(run.state().theta, theta);
    EXPECT_LE(take_snapshot(run)->identity.largest_difference, 1e-15);
  }
  EXPECT_THROW(line_run("[model]\nhypotheses = \"gate\"\n[optimizer]\nmethod = \"em\"\n"), InputError);
  EXPECT_THROW(line_run("[model]\nenergy = \"logistic\"\n[optimizer]\nmethod = \"em\"\n"), InputError);
  EXPECT_THROW(line_run("[model]\nhypotheses = \"gate\"\nenergy = \"huber\"\n"), InputError);
  EXPECT_THROW(line_run("[model]\nvolume_term = false\n[optimizer]\nmethod = \"em\"\n"), InputError);
}

}  // namespace
}  // namespace iem::testing
