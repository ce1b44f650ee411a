// natural, hard_em, incremental_em, exponentiated: against plain second computations, and against EM where
// they meet it.
#include <Eigen/QR>
#include <cmath>
#include <cstdio>

#include "core/optimize/optimizer.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

TEST(Natural, AFullStepIsEmToTheLastBit) {
  for (const std::string& kind : covariance_names()) {
    iem::Run natural = rule_run_with("natural", "learning_rate = 1.0", "covariance = \"" + kind + "\"");
    iem::Run em = rule_run_with("em", "", "covariance = \"" + kind + "\"");
    natural.seek(10);
    em.seek(10);
    EXPECT_EQ(natural.state().theta, em.state().theta) << kind;
  }
}

// s = (pi, pi mu, pi (Sigma + mu mu^T)) written out, in extended precision.
TEST(Natural, DampsTheExpectationParameters) {
  for (const std::string kind : {"full", "diag", "spherical", "tied"}) {
    iem::Run run = rule_run_with("natural", "learning_rate = 0.3", "covariance = \"" + kind + "\"");
    run.seek(3);
    const Mixture& model = mixture_in(run);
    const auto a = model.unpack(run.state().theta);
    const auto b = model.unpack(
        model.em_target(run.state().theta, 1, *run.setup().data, run.evaluation(), 1e-6, run.pool()));
    ASSERT_EQ(run.step(), StepResult::stepped);
    const auto after = model.unpack(run.state().theta);

    const long double eta = 0.3;
    long double tied[3] = {0, 0, 0};
    std::vector<std::array<long double, 6>> want;
    for (std::size_t j = 0; j < a.size(); ++j) {
      const auto mix = [eta](long double u, long double v) { return (1 - eta) * u + eta * v; };
      const auto moment = [&](const MixtureComponent& c, double s, double m0, double m1) {
        return static_cast<long double>(c.weight) * (s + static_cast<long double>(m0) * m1);
      };
      const auto &p = a[j], &q = b[j];
      const long double pi = mix(p.weight, q.weight);
      const long double mx =
          mix(p.weight * static_cast<long double>(p.mu_x), q.weight * static_cast<long double>(q.mu_x)) / pi;
      const long double my =
          mix(p.weight * static_cast<long double>(p.mu_y), q.weight * static_cast<long double>(q.mu_y)) / pi;
      const long double xx =
          mix(moment(p, p.sigma.xx, p.mu_x, p.mu_x), moment(q, q.sigma.xx, q.mu_x, q.mu_x)) / pi - mx * mx;
      const long double xy =
          mix(moment(p, p.sigma.xy, p.mu_x, p.mu_y), moment(q, q.sigma.xy, q.mu_x, q.mu_y)) / pi - mx * my;
      const long double yy =
          mix(moment(p, p.sigma.yy, p.mu_y, p.mu_y), moment(q, q.sigma.yy, q.mu_y, q.mu_y)) / pi - my * my;
      tied[0] += pi * xx, tied[1] += pi * xy, tied[2] += pi * yy;
      want.push_back({pi, mx, my, xx, kind == "full" ? xy : 0, yy});
    }
    for (std::size_t j = 0; j < want.size(); ++j) {
      auto& w = want[j];
      if (kind == "spherical") w[3] = w[5] = (w[3] + w[5]) / 2;
      if (kind == "tied") w[3] = tied[0], w[4] = tied[1], w[5] = tied[2];
      const auto& c = after[j];
      const double got[] = {c.weight, c.mu_x, c.mu_y, c.sigma.xx, c.sigma.xy, c.sigma.yy};
      for (std::size_t i = 0; i < 6; ++i)
        EXPECT_NEAR(got[i], static_cast<double>(w[i]), 1e-12) << kind << " " << i;
    }
  }
}

TEST(Natural, KeepsWhatIsNotLearned) {
  iem::Run run = rule_run_with("natural", "learning_rate = 0.4", "learn = [\"means\", \"weights\"]");
  const Block& block = run.setup().model->layout().block("covariances");
  const Theta before = run.state().theta.segment(block.offset, block.size());
  run.seek(5);
  EXPECT_EQ(run.state().theta.segment(block.offset, block.size()), before);
}

// Lloyd's algorithm, written without any of ours.
TEST(HardEm, IsKMeansWithFixedEqualCovariancesAndWeights) {
  iem::Run run =
      rule_run_with("hard_em", "", "covariance = \"fixed\"\nlearn = [\"means\"]\ninit = \"from_data\"");
  const Eigen::MatrixXd& x = run.setup().data->points;
  Eigen::MatrixXd means(3, 2);
  for (int j = 0; j < 3; ++j) means.row(j) << run.state().theta[2 * j], run.state().theta[2 * j + 1];
  for (int step = 1; step <= 15; ++step) {
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(3, 2);
    Eigen::Vector3d count = Eigen::Vector3d::Zero();
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
      Eigen::Index nearest = 0;
      (means.rowwise() - x.row(i)).rowwise().squaredNorm().minCoeff(&nearest);
      sum.row(nearest) += x.row(i);
      count[nearest] += 1;
    }
    for (int j = 0; j < 3; ++j)
      if (count[j] > 0) means.row(j) = sum.row(j) / count[j];
    ASSERT_EQ(run.step(), StepResult::stepped);
    for (int j = 0; j < 3; ++j) {
      EXPECT_NEAR(run.state().theta[2 * j], means(j, 0), 1e-12) << "step " << step;
      EXPECT_NEAR(run.state().theta[2 * j + 1], means(j, 1), 1e-12) << "step " << step;
    }
  }
}

TEST(HardEm, NeverRaisesTheMeanLeastEnergy) {
  for (const std::string energy : {"gaussian", "student_t", "huber", "pseudo_huber"}) {
    iem::Run run =
        rule_run_with("hard_em", "reg_covar = 0.0", "energy = \"" + energy + "\"\ntemperature = 0.7");
    double last = std::numeric_limits<double>::infinity();
    for (int step = 0; step < 25; ++step) {
      Evaluation hard;
      run.setup().model->evaluate(run.state().theta, 0.7, *run.setup().data, {}, Wanted::hard_sums,
                                  run.pool(), hard);
      EXPECT_LE(hard.loss, last + 1e-12) << energy << " step " << step;
      last = hard.loss;
      ASSERT_EQ(run.step(), StepResult::stepped);
    }
  }
}

TEST(HardEm, GivesTiesToTheLowestIndexAndReportsTheSoftLoss) {
  // Two identical components: every point is a tie.
  const std::string scene =
      "[data]\nsource = \"inline\"\npoints = [[0.0, 0.0], [2.0, 1.0], [1.0, -1.0]]\n"
      "[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[0.5, 0.5], [0.5, 0.5]]\ncovariance = "
      "\"fixed\"\n"
      "learn = [\"means\"]\n[optimizer]\nmethod = \"";
  iem::Run hard = rule_run(scene + "hard_em\"\n"), soft = rule_run(scene + "em\"\n");
  EXPECT_EQ(hard.evaluation().loss, soft.evaluation().loss);
  ASSERT_EQ(hard.step(), StepResult::stepped);
  const Theta& theta = hard.state().theta;
  EXPECT_NEAR(theta[0], 1, 1e-14);
  EXPECT_NEAR(theta[1], 0, 1e-14);
  EXPECT_EQ(theta[2], 0.5);
  EXPECT_EQ(theta[3], 0.5);
}

TEST(HardEm, RowsAreOneHot) {
  iem::Run run = rule_run_with("hard_em");
  Evaluation hard;
  run.setup().model->evaluate(run.state().theta, 1, *run.setup().data, {}, Wanted::hard_rows, run.pool(),
                              hard);
  for (Eigen::Index i = 0; i < hard.energies.rows(); ++i) {
    Eigen::Index nearest = 0;
    hard.energies.row(i).minCoeff(&nearest);
    EXPECT_EQ(hard.responsibilities.row(i).sum(), 1);
    EXPECT_EQ(hard.responsibilities(i, nearest), 1);
  }
}

TEST(IncrementalEm, ABatchOfAllPointsIsEm) {
  for (const std::string energy : {"gaussian", "student_t", "huber"}) {
    const std::string model = "energy = \"" + energy + "\"";
    iem::Run incremental = rule_run_with("incremental_em", "batch_size = 1000", model),
             em = rule_run_with("em", "", model);
    incremental.seek(15);
    em.seek(15);
    EXPECT_LT(largest_gap(incremental.state().theta, em.state().theta), 1e-11) << energy;
  }
}

TEST(IncrementalEm, ItsFirstStepIsEmAndItsSumsKeepEveryPoint) {
  iem::Run incremental = rule_run_with("incremental_em", "batch_size = 16"), em = rule_run_with("em");
  incremental.seek(1);
  em.seek(1);
  EXPECT_LT(largest_gap(incremental.state().theta, em.state().theta), 1e-12);
  incremental.seek(40);
  EXPECT_NEAR(incremental.state().optimizer_state.sums.col(kernel::kN).sum(), 90, 1e-11);
}

// Sums of batches seen at different steps, against the same sums taken afresh about the present means.
TEST(IncrementalEm, SumsMoveWithTheMeans) {
  iem::Run run = rule_run_with("incremental_em", "batch_size = 16");
  const Mixture& model = mixture_in(run);
  const Theta from = run.state().theta;
  Theta to = from;
  for (Eigen::Index i = 0; i < 6; ++i) to[i] += 0.1 * static_cast<double>(i + 1);
  Eigen::MatrixXd moved = run.evaluation().statistics;
  model.move_statistics(from, to, moved);
  Evaluation rows;
  model.evaluate(from, 1, *run.setup().data, {}, Wanted::rows, run.pool(), rows);
  for (int j = 0; j < 3; ++j) {
    Eigen::Matrix<double, 1, 5> want = Eigen::Matrix<double, 1, 5>::Zero();
    for (Eigen::Index i = 0; i < rows.responsibilities.rows(); ++i) {
      const double dx = run.setup().data->points(i, 0) - to[2 * j],
                   dy = run.setup().data->points(i, 1) - to[2 * j + 1];
      Eigen::Matrix<double, 1, 5> term;
      term << dx, dy, dx * dx, dx * dy, dy * dy;
      want += rows.responsibilities(i, j) * term;
    }
    EXPECT_LT((moved.row(j).segment(kernel::kS0, 5) - want).cwiseAbs().maxCoeff(), 1e-11);
  }
}

TEST(IncrementalEm, ReachesWhatEmReaches) {
  iem::Run incremental = rule_run_with("incremental_em", "batch_size = 16\nreg_covar = 0.0"),
           em = rule_run_with("em", "reg_covar = 0.0");
  incremental.seek(4000);
  em.seek(2000);
  EXPECT_LT(incremental.evaluation().gradient_norm(), 1e-9);
  EXPECT_NEAR(incremental.evaluation().loss, em.evaluation().loss, 1e-9);
}

TEST(IncrementalEm, BeginsAgainAfterAHandOrAnotherBatchSize) {
  iem::Run run = rule_run_with("incremental_em", "batch_size = 16");
  run.seek(7);
  Tensor means = run.setup().model->natural(run.state().theta).front().tensor;
  means.data[0] += 1;
  run.apply({"state.means", means});
  EXPECT_EQ(run.state().optimizer_state.sums.size(), 0);
  ASSERT_EQ(run.step(), StepResult::stepped);
  run.apply({"optimizer.batch_size", std::int64_t{17}});
  ASSERT_EQ(run.step(), StepResult::stepped);
  EXPECT_EQ(run.state().optimizer_state.sums.rows(), 3 * 6);
  EXPECT_NEAR(run.state().optimizer_state.sums.col(kernel::kN).sum(), 90, 1e-11);
}

TEST(Exponentiated, MultipliesTheWeightsAndMovesNothingElse) {
  iem::Run run = rule_run_with("exponentiated", "learning_rate = 0.7");
  const Theta before = run.state().theta;
  const auto components = mixture_in(run).unpack(before);
  Eigen::Vector3d want;
  for (int j = 0; j < 3; ++j) {
    const double pi = components[static_cast<std::size_t>(j)].weight;
    want[j] = pi * std::exp(0.7 * run.evaluation().statistics(j, kernel::kN) / (90 * pi));
  }
  want /= want.sum();
  ASSERT_EQ(run.step(), StepResult::stepped);
  const auto after = mixture_in(run).unpack(run.state().theta);
  for (int j = 0; j < 3; ++j) EXPECT_NEAR(after[static_cast<std::size_t>(j)].weight, want[j], 1e-14);
  const Eigen::Index rest = before.size() - 3;
  EXPECT_EQ(run.state().theta.head(rest), before.head(rest));
}

TEST(Exponentiated, ReachesTheWeightsThatEmReaches) {
  const std::string weights_only = "learn = [\"weights\"]";
  iem::Run mirror = rule_run_with("exponentiated", "learning_rate = 1.0", weights_only),
           em = rule_run_with("em", "", weights_only);
  mirror.seek(2000);
  em.seek(2000);
  const auto a = mixture_in(mirror).unpack(mirror.state().theta), b = mixture_in(em).unpack(em.state().theta);
  for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(a[j].weight, b[j].weight, 1e-9);
}

TEST(Rules, SayInOneSentenceWhereTheyDoNotApply) {
  for (const OptimizerType& rule : optimizers()) {
    for (const std::string model : {"energy = \"laplace\"", "volume_term = false", "learn = [\"means\"]"}) {
      const iem::Run gd = rule_run_with("gd", "", model);
      const std::string reason = rule.unavailable(*gd.setup().model);
      if (reason.empty()) {
        EXPECT_NO_THROW(rule_run_with(rule.id, "", model)) << rule.id << " " << model;
      } else {
        EXPECT_EQ(reason.back(), '.') << rule.id;
        EXPECT_NE(reason.find("use "), std::string::npos) << rule.id << " offers nothing instead: " << reason;
        EXPECT_THROW(rule_run_with(rule.id, "", model), InputError) << rule.id << " " << model;
      }
    }
  }
}

// --- EM accelerated ---

Theta em_map(const iem::Run& run, const Theta& theta) {
  ThreadPool alone(1);
  Evaluation e;
  run.setup().model->evaluate(theta, 1, *run.setup().data, {}, Wanted::sums, alone, e);
  return run.setup().model->em_target(theta, 1, *run.setup().data, e, 1e-6, alone);
}

double loss_of(const iem::Run& run, const Theta& theta) {
  ThreadPool alone(1);
  Evaluation e;
  run.setup().model->evaluate(theta, 1, *run.setup().data, {}, Wanted::sums, alone, e);
  return e.loss;
}

TEST(Squarem, IsTheExtrapolationWrittenOut) {
  iem::Run run = rule_run_with("squarem");
  int extrapolated = 0;
  for (int step = 0; step < 8; ++step) {
    const Theta start = run.state().theta, once = em_map(run, start), twice = em_map(run, once);
    const Theta r = once - start, v = twice - once - r;
    double a = -std::sqrt(r.squaredNorm() / v.squaredNorm());
    Theta from = twice;
    for (int tries = 0; tries < 8 && a < -1; ++tries, a = (a - 1) / 2)
      if (const Theta far = start - 2 * a * r + a * a * v; loss_of(run, far) <= loss_of(run, twice)) {
        from = far;
        ++extrapolated;
        break;
      }
    ASSERT_EQ(run.step(), StepResult::stepped);
    EXPECT_LT(largest_gap(run.state().theta, em_map(run, from)), 1e-12) << step;
  }
  EXPECT_GT(extrapolated, 3);
}

TEST(Anderson, IsTheMixtureOfTheLastStepsWrittenOut) {
  iem::Run run = rule_run_with("anderson");
  std::vector<Theta> thetas, fs;
  int mixed = 0;
  for (int step = 0; step < 12; ++step) {
    const Theta theta = run.state().theta, f = em_map(run, theta) - theta;
    Theta want = theta + f;
    const std::size_t k = thetas.size();
    if (k > 0) {
      Eigen::MatrixXd d_theta(theta.size(), k), d_f(theta.size(), k);
      for (std::size_t i = 0; i < k; ++i) {
        const auto column = static_cast<Eigen::Index>(i);
        d_theta.col(column) = (i + 1 < k ? thetas[i + 1] : theta) - thetas[i];
        d_f.col(column) = (i + 1 < k ? fs[i + 1] : f) - fs[i];
      }
      const Theta g = d_f.colPivHouseholderQr().solve(f);
      const Theta other = theta + f - (d_theta + d_f) * g;
      if (loss_of(run, other) <= loss_of(run, theta))
        want = other, ++mixed;
      else
        thetas.clear(), fs.clear();
    }
    thetas.push_back(theta), fs.push_back(f);
    if (thetas.size() > 5) thetas.erase(thetas.begin()), fs.erase(fs.begin());
    ASSERT_EQ(run.step(), StepResult::stepped);
    EXPECT_LT(largest_gap(run.state().theta, want), 1e-9) << step;
  }
  EXPECT_GT(mixed, 5);
}

TEST(AcceleratedEm, NeverRaisesJWhereverItStarts) {
  int steps = 0;
  for (const std::string rule : {"squarem", "anderson"})
    for (const std::string& kind : covariance_names())
      for (int seed = 0; seed < 4; ++seed) {
        iem::Run run =
            rule_run("[seeds]\ninit = " + std::to_string(seed) + "\n[model]\ncovariance = \"" + kind +
                     "\"\ncomponents = 4\n[optimizer]\nmethod = \"" + rule + "\"\nreg_covar = 0.0\n");
        for (int i = 0; i < 40; ++i, ++steps) {
          const double before = run.evaluation().loss;
          if (run.step() == StepResult::non_finite) break;
          EXPECT_LE(run.evaluation().loss, before + 1e-12 * std::abs(before))
              << rule << " " << kind << " " << i;
        }
      }
  EXPECT_GT(steps, 1000);
}

// Iris petals from the tenth step of EM on, to J - J* < 1e-10: what is known of the acceleration of EM.
TEST(AcceleratedEm, ArrivesOnIrisInAFewStepsOfWhatEmNeeds) {
  Scene scene = load_scene("iris");
  scene.config.set("optimizer.method", std::string("em"));
  iem::Run em(scene, std::make_shared<ThreadPool>(1));
  em.seek(10);
  const auto steps_to = [&](const std::string& rule, double rate, double best) {
    iem::Run run = em;
    run.apply({"optimizer.method", rule, 0});
    if (rate > 0) run.apply({"optimizer.learning_rate", rate, 0});
    int steps = 0;
    while (run.evaluation().loss - best >= 1e-10 && steps < 1000) run.step(), ++steps;
    return steps;
  };
  iem::Run end = em;
  end.seek(3000);
  const double best = end.evaluation().loss;
  const int plain = steps_to("em", 0, best), relaxed = steps_to("natural", 1.8, best),
            squarem = steps_to("squarem", 0, best), anderson = steps_to("anderson", 0, best);
  std::printf("EM %d, over-relaxed %d, SQUAREM %d of three, Anderson %d\n", plain, relaxed, squarem,
              anderson);
  EXPECT_NEAR(plain, 114, 1);
  EXPECT_NEAR(relaxed, 61, 1);
  EXPECT_LE(3 * squarem, 24);
  EXPECT_LE(anderson, 16);
}

}  // namespace
}  // namespace iem::testing
