// Hypotheses that learn: gradients, constants, M-steps, and where every rule ends.
#include "core/model/line_model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/run/run.h"
#include "core/run/snapshot.h"
#include "core/scene/scene.h"
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

struct RuleCase {
  const char* method;
  const char* settings;
  int steps;
};

TEST(LineModel, EveryRuleEndsWhereEmDoes) {
  for (const char* kernel : {"gaussian", "student_t", "huber", "pseudo_huber"}) {
    const std::string model = "[model]\nenergy = \"" + std::string(kernel) + "\"\nm = 0.9\n";
    iem::Run em = line_run(kTwoBumps + model + "[optimizer]\nmethod = \"em\"\n");
    em.seek(2000);
    ASSERT_LT(em.evaluation().gradient_norm(), 1e-12) << kernel;
    const RuleCase rules[] = {{"gd", "learning_rate = 0.5", 3000},
                              {"momentum", "learning_rate = 0.1", 2000},
                              {"nesterov", "learning_rate = 0.1", 2000},
                              {"natural", "learning_rate = 0.5", 2500},
                              {"gd_to_em", "blend = 0.5\nlearning_rate = 0.5", 2500},
                              {"incremental_em", "batch_size = 100", 6000},
                              {"adam", "learning_rate = 0.01", 4000}};
    for (const RuleCase& rule : rules) {
      iem::Run run = line_run(kTwoBumps + model + "[optimizer]\nmethod = \"" + rule.method + "\"\n" +
                              rule.settings + "\n");
      run.seek(rule.steps);
      // Adam's steps have a length of their own: it ends near the place, and at the same J.
      const double tolerance = std::string(rule.method) == "adam" ? 1e-4 : 1e-8;
      EXPECT_TRUE(close(run.state().theta, em.state().theta, tolerance)) << kernel << " " << rule.method;
      EXPECT_NEAR(run.evaluation().loss, em.evaluation().loss, 1e-9) << kernel << " " << rule.method;
    }
  }
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

TEST(LineModel, RobustKernelsResistAnOutlier) {
  const std::string data =
      "[data]\nsource = \"inline\"\npoints = [[-1.1], [-0.9], [-1.0], [-1.05], [1.0], [1.1], [0.9], [0.95], "
      "[60.0]]\n";
  const auto learned_m = [&](const char* kernel) {
    iem::Run run = line_run(data + "[model]\nenergy = \"" + std::string(kernel) +
                            "\"\nnu = 2.0\nscale = 0.5\nlearn = [\"m\"]\n[optimizer]\nmethod = \"em\"\n");
    run.seek(200);
    return line_in(run).unpack(run.state().theta).places[0];
  };
  EXPECT_GT(learned_m("gaussian"), 5);
  EXPECT_NEAR(learned_m("student_t"), 1, 0.05);
  EXPECT_NEAR(learned_m("laplace"), 1, 0.051);
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
