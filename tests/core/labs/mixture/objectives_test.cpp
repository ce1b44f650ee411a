// Objectives beside log-sum-exp, and sparse responsibilities: the hot pass against plain computations.
#include <cmath>

#include "core/check/check.h"
#include "core/kernel/pass.h"
#include "core/labs/kit/lab.h"
#include "core/run/snapshot.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

const std::vector<std::string> kObjectives = {
    "objective = \"correntropy\"\ncorrentropy_scale = 1.4", "objective = \"sigmoid\"\nmargin = 1.5",
    "responsibility = \"sparsemax\"\ntemperature = 1.3", "responsibility = \"entmax15\"\ntemperature = 0.7"};
const std::vector<std::string> kEnergies = {"gaussian", "laplace", "student_t", "huber", "pseudo_huber"};

bool fits(const std::string& objective, const std::string& energy) {
  return energy == "gaussian" || objective.find("correntropy") == std::string::npos;
}

Evaluation evaluate(const iem::Run& run, const Theta& theta, Wanted wanted = Wanted::sums) {
  Evaluation out;
  run.setup().model->evaluate(theta, run.temperature(), *run.setup().data, {}, wanted, run.pool(), out);
  return out;
}

TEST(Objectives, GradientsAgreeWithCentralDifferences) {
  for (const std::string& objective : kObjectives) {
    for (const std::string& energy : kEnergies) {
      if (!fits(objective, energy)) continue;
      for (const std::string& kind : covariance_names()) {
        SCOPED_TRACE(objective + " " + energy + " " + kind);
        iem::Run run = rule_run_with(
            "gd", "", objective + "\nenergy = \"" + energy + "\"\ncovariance = \"" + kind + "\"");
        const Theta theta = run.state().theta, gradient = run.evaluation().gradient;
        for (const Block& block : run.setup().model->layout().blocks()) {
          if (!block.learned) continue;
          for (Eigen::Index i = block.offset; i < block.offset + block.size(); ++i) {
            Theta up = theta, down = theta;
            const double h = energy == "laplace" ? 1e-7 : 1e-5;  // few points have a kink within h
            up[i] += h;
            down[i] -= h;
            const double difference = (evaluate(run, up).loss - evaluate(run, down).loss) / (2 * h);
            EXPECT_NEAR(gradient[i], difference, 1e-7 * std::max(1.0, std::abs(difference)))
                << block.name << " " << i;
          }
        }
      }
    }
  }
}

TEST(Objectives, AreWhatTheirFormulasSay) {
  iem::Run correntropy = rule_run_with("gd", "", kObjectives[0]),
           sigmoid = rule_run_with("gd", "", kObjectives[1]);
  const auto sum = [](const iem::Run& run, double (*term)(double rho2)) {
    const Mixture& model = mixture_in(run);
    const Eigen::MatrixXd& x = run.setup().data->points;
    double total = 0;
    for (Eigen::Index i = 0; i < x.rows(); ++i)
      for (int j = 0; j < 3; ++j)
        total += term(2 * model.terms(run.state().theta, j, x(i, 0), x(i, 1)).kernel);
    return total / static_cast<double>(x.rows());
  };
  EXPECT_NEAR(correntropy.evaluation().loss,
              sum(correntropy, [](double rho2) { return 1 - std::exp(-rho2 / (2 * 1.4 * 1.4)); }), 1e-13);
  EXPECT_NEAR(sigmoid.evaluation().loss,
              sum(sigmoid, [](double rho2) { return std::log1p(std::exp(rho2 / 2 - 1.5)); }), 1e-12);
}

TEST(Objectives, PullsAreTheGradientByTheEnergies) {
  iem::Run run = rule_run_with("gd", "", kObjectives[1]);
  const Evaluation e = evaluate(run, run.state().theta, Wanted::rows);
  EXPECT_EQ(e.responsibilities.size(), 0);
  for (Eigen::Index i = 0; i < e.pulls.rows(); ++i)
    for (Eigen::Index j = 0; j < 3; ++j)
      EXPECT_NEAR(e.pulls(i, j), 1 / (1 + std::exp(1.5 - e.energies(i, j))), 1e-15);
}

// The loss of competition: a far point pulls on every prototype of a mixture, and on none by correntropy.
TEST(Objectives, FarPointsStopPullingByCorrentropy) {
  const std::string scene =
      "[data]\nsource = \"inline\"\npoints = [[0.0, 0.0], [1.0, 0.0], [60.0, 0.0]]\n[model]\ncomponents = 1\n"
      "covariance = \"fixed\"\ninit = \"explicit\"\nmeans = [[0.5, 0.0]]\n";
  EXPECT_NEAR(rule_run(scene + "objective = \"correntropy\"\n").evaluation().gradient[0], 0, 1e-15);
  EXPECT_LT(rule_run(scene).evaluation().gradient[0], -19);
}

TEST(Objectives, WithoutResponsibilitiesSaySoInOneSentence) {
  for (const std::string objective : {"correntropy", "sigmoid"}) {
    const std::string model = "objective = \"" + objective + "\"";
    iem::Run run = rule_run_with("gd", "", model);
    run.seek(3);
    const auto snapshot = take_snapshot(run);
    EXPECT_EQ(snapshot->em_target.size(), 0);
    const std::string none = snapshot->model().responsibilities_unavailable();
    EXPECT_NE(none.find("no responsibilities"), std::string::npos);
    EXPECT_TRUE(std::isnan(run.evaluation().metrics[0]));
    EXPECT_TRUE(std::isnan(snapshot->identity.largest_difference));
    EXPECT_THROW(rule_run_with("em", "", model), InputError);
    const Lab& lab = lab_of(run.setup());
    EXPECT_THROW(lab.dump("responsibilities", *snapshot), InputError);
    EXPECT_EQ(lab.dump("gradient", *snapshot).rows().cols(), 3);
    const View view{snapshot->config(), {}, {}};
    for (const FigureType& figure : lab.figures())
      EXPECT_FALSE(lab.figure(figure.id, *snapshot, view).panels.empty());
    EXPECT_NE(lab.figure("identity", *snapshot, view).caption.find(none), std::string::npos);
    EXPECT_EQ(lab.phases(*snapshot, 0).size(), 2u);
    for (const CheckResult& check : run_checks(*snapshot)) {
      EXPECT_EQ(check.status, check.id == "fisher" ? CheckStatus::pass : CheckStatus::skip) << check.id;
      if (check.status == CheckStatus::skip) {
        EXPECT_NE(check.reason.find("no responsibilities"), std::string::npos) << check.id;
      }
    }
  }
  EXPECT_THROW(rule_run_with("gd", "", "objective = \"correntropy\"\nenergy = \"laplace\""), InputError);
}

// Every weighting of the hot pass gives the same bits on every instruction set, for any number of threads.
TEST(Objectives, GiveTheSameBitsOnEveryInstructionSet) {
  const std::string before = kernel::isa_name(kernel::active_isa());
  for (const std::string& objective : kObjectives) {
    std::uint64_t hash = 0;
    int compared = 0;
    for (const kernel::Isa isa : {kernel::Isa::baseline, kernel::Isa::avx2, kernel::Isa::avx512}) {
      if (!kernel::set_active_isa(kernel::isa_name(isa))) continue;
      for (const int threads : {1, 2}) {
        iem::Run run =
            rule_run("[data]\nsource = \"blobs\"\ncount = 5000\n[model]\ncomponents = 5\n" + objective + "\n",
                     threads);
        run.seek(5);
        if (hash == 0) hash = run.state().hash();
        EXPECT_EQ(run.state().hash(), hash) << objective << " " << kernel::isa_name(isa) << " " << threads;
        ++compared;
      }
    }
    EXPECT_GE(compared, 2) << objective;
  }
  kernel::set_active_isa(before.c_str());
}

TEST(SparseResponsibilities, OfThePassAreThoseOfThePlainForm) {
  for (const Responsibility rule : {Responsibility::sparsemax, Responsibility::entmax15}) {
    for (const std::string tau : {"1e-3", "0.4", "1.0", "30.0"}) {
      iem::Run run = rule_run("[model]\ncomponents = 7\ntemperature = " + tau + "\nresponsibility = \"" +
                              responsibility_names()[static_cast<std::size_t>(rule)] + "\"\n");
      const Evaluation e = evaluate(run, run.state().theta, Wanted::rows);
      double loss = 0, entropy = 0;
      for (Eigen::Index i = 0; i < e.energies.rows(); ++i) {
        std::vector<double> d(7), p(7);
        for (std::size_t j = 0; j < 7; ++j) d[j] = e.energies(i, static_cast<Eigen::Index>(j));
        loss -= log_partition(rule, d, std::stod(tau), p);
        for (std::size_t j = 0; j < 7; ++j) {
          EXPECT_NEAR(e.responsibilities(i, static_cast<Eigen::Index>(j)), p[j], 1e-13);
          if (p[j] > 0) entropy -= p[j] * std::log(p[j]);
        }
      }
      const double n = static_cast<double>(e.energies.rows());
      EXPECT_NEAR(e.loss, loss / n, 1e-13 * std::max(1.0, std::stod(tau)));
      EXPECT_NEAR(e.metrics[0], entropy / n, 1e-12);
    }
  }
}

TEST(SparseResponsibilities, EmNeverRaisesTheirObjective) {
  for (const std::string rule : {"sparsemax", "entmax15"}) {
    for (const std::string& energy : kEnergies) {
      for (const std::string tau : {"0.5", "1.0", "4.0"}) {
        iem::Run run = rule_run_with("em", "reg_covar = 0.0",
                                     "covariance = \"diag\"\nresponsibility = \"" + rule + "\"\nenergy = \"" +
                                         energy + "\"\ntemperature = " + tau);
        for (int step = 0; step < 20; ++step) {
          const double before = run.evaluation().loss;
          ASSERT_EQ(run.step(), StepResult::stepped);
          EXPECT_LE(run.evaluation().loss, before + 1e-12)
              << rule << " " << energy << " " << tau << " " << step;
        }
      }
    }
  }
}

TEST(SparseResponsibilities, PassTheChecks) {
  for (const std::string rule : {"softmax", "sparsemax", "entmax15"}) {
    iem::Run run = rule_run_with("em", "", "responsibility = \"" + rule + "\"");
    run.seek(5);
    for (const CheckResult& check : run_checks(*take_snapshot(run))) {
      const bool skipped = check.id == "lse_gradient" && rule != "softmax";
      EXPECT_EQ(check.status, skipped ? CheckStatus::skip : CheckStatus::pass)
          << rule << " " << check.id << " " << check.error;
    }
  }
}

}  // namespace
}  // namespace iem::testing
