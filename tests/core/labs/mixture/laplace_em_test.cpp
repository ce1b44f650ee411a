// The M-step of Laplace mixtures: coordinate-wise weighted medians and mean absolute deviations.
#include <cmath>

#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

// The M-step of the Laplace energy by brute force: of all data coordinates, the one with the least weighted
// deviation.
TEST(LaplaceEm, IsMediansAndMeanDeviations) {
  iem::Run run = rule_run_with("em", "reg_covar = 0.0", "energy = \"laplace\"\ncovariance = \"diag\"");
  for (int step = 0; step < 5; ++step) {
    Evaluation rows;
    run.setup().model->evaluate(run.state().theta, 1, *run.setup().data, {}, Wanted::rows, run.pool(), rows);
    ASSERT_EQ(run.step(), StepResult::stepped);
    const auto got = mixture_in(run).unpack(run.state().theta);
    for (Eigen::Index j = 0; j < 3; ++j) {
      const auto r = rows.responsibilities.col(j);
      for (int axis = 0; axis < 2; ++axis) {
        const Eigen::VectorXd x = run.setup().data->points.col(axis);
        double least = std::numeric_limits<double>::infinity();
        for (const double m : x) least = std::min(least, r.dot((x.array() - m).abs().matrix()));
        const MixtureComponent& c = got[static_cast<std::size_t>(j)];
        const double centre = axis == 0 ? c.mu_x : c.mu_y, variance = axis == 0 ? c.sigma.xx : c.sigma.yy;
        EXPECT_NEAR(r.dot((x.array() - centre).abs().matrix()), least, 1e-12);
        EXPECT_NEAR(std::sqrt(variance), least / r.sum(), 1e-12);
      }
    }
  }
}

TEST(LaplaceEm, WorksForEveryRuleMadeOfIt) {
  const std::string model = "energy = \"laplace\"\ncovariance = \"diag\"";
  iem::Run em = rule_run_with("em", "", model), blend = rule_run_with("gd_to_em", "blend = 1.0", model),
           natural = rule_run_with("natural", "learning_rate = 1.0", model),
           hard = rule_run_with("hard_em", "", model);
  for (iem::Run* run : {&em, &blend, &natural, &hard}) run->seek(4);
  EXPECT_EQ(em.state().theta, blend.state().theta);
  EXPECT_EQ(em.state().theta, natural.state().theta);
  EXPECT_NE(em.state().theta, hard.state().theta);
  EXPECT_THROW(rule_run_with("incremental_em", "", model), InputError);
  EXPECT_THROW(rule_run_with("em", "", "energy = \"laplace\"\ncovariance = \"full\""), InputError);
}

}  // namespace
}  // namespace iem::testing
