// The cosine energy: directions only, by a kernel of points and prototypes on the unit circle.
#include <cmath>

#include "core/check/check.h"
#include "core/field/field.h"
#include "core/run/snapshot.h"
#include "tests/core/error_of.h"
#include "tests/core/optimize/rule_support.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

const std::string kModel = "energy = \"cosine\"\ncovariance = \"fixed\"\nkappa = 3.0";

TEST(Cosine, IsKappaTimesOneMinusTheCosineOfTheAngle) {
  iem::Run run = rule_run_with("gd", "", kModel);
  run.seek(3);
  Evaluation e;
  run.setup().model->evaluate(run.state().theta, 1, *run.setup().data, {}, Wanted::rows, run.pool(), e);
  const auto components = mixture_in(run).unpack(run.state().theta);
  const FieldInput field = mixture_in(run).field(run.state().theta, 1, FieldKind::responsibility);
  for (Eigen::Index i = 0; i < e.energies.rows(); ++i) {
    const double x = run.setup().data->points(i, 0), y = run.setup().data->points(i, 1);
    double r[3];
    field_responsibilities(field, x, y, r);
    for (int j = 0; j < 3; ++j) {
      const MixtureComponent& c = components[static_cast<std::size_t>(j)];
      const double cosine = (x * c.mu_x + y * c.mu_y) / std::hypot(x, y) / std::hypot(c.mu_x, c.mu_y);
      EXPECT_NEAR(e.energies(i, j), 3 * (1 - cosine) - std::log(c.weight), 1e-13);
      const Mixture::Terms terms = mixture_in(run).terms(run.state().theta, j, x, y);
      EXPECT_NEAR(terms.kernel + terms.volume + terms.rest, e.energies(i, j), 1e-13);
      EXPECT_NEAR(e.responsibilities(i, j), r[j], 1e-14);
    }
  }
}

TEST(Cosine, GradientAgreesWithCentralDifferencesAndTheChecks) {
  for (const std::string more :
       {"", "\nresponsibility = \"sparsemax\"", "\nobjective = \"sigmoid\"", "\ntemperature = 0.5"}) {
    iem::Run run = rule_run_with("gd", "", kModel + more);
    run.seek(2);
    const Theta theta = run.state().theta, gradient = run.evaluation().gradient;
    for (Eigen::Index i = 0; i < theta.size(); ++i) {
      if (i >= 6 && gradient[i] == 0) continue;
      Evaluation up, down;
      Theta moved = theta;
      moved[i] = theta[i] + 1e-6;
      run.setup().model->evaluate(moved, run.temperature(), *run.setup().data, {}, Wanted::sums, run.pool(),
                                  up);
      moved[i] = theta[i] - 1e-6;
      run.setup().model->evaluate(moved, run.temperature(), *run.setup().data, {}, Wanted::sums, run.pool(),
                                  down);
      EXPECT_NEAR(gradient[i], (up.loss - down.loss) / 2e-6, 1e-8) << more << " " << i;
    }
    // The pull of each point is its part of that gradient.
    const Mixture& model = mixture_in(run);
    const Eigen::Vector2d mu = theta.segment<2>(0);
    EXPECT_NEAR(model.mean_gradient(theta, 0, 1.5, -0.5).dot(mu), 0, 1e-14) << "the length of mu is free";
    for (const CheckResult& check : run_checks(*take_snapshot(run)))
      EXPECT_NE(check.status, CheckStatus::fail) << more << " " << check.id << " " << check.error;
  }
}

TEST(Cosine, DoesNotSeeDistances) {
  iem::Run run = rule_run_with("gd", "", kModel);
  Dataset scaled = *run.setup().data;
  for (Eigen::Index i = 0; i < scaled.size(); ++i) scaled.points.row(i) *= 1 + 0.1 * static_cast<double>(i);
  Evaluation e;
  run.setup().model->evaluate(run.state().theta, 1, scaled, {}, Wanted::sums, run.pool(), e);
  EXPECT_NEAR(e.loss, run.evaluation().loss, 1e-13);
}

TEST(Cosine, RefusesTheOriginAndCovariances) {
  const std::string scene =
      "[model]\nenergy = \"cosine\"\ncovariance = \"fixed\"\ncomponents = 1\ninit = \"explicit\"\n";
  EXPECT_THROW(rule_run("[data]\nsource = \"inline\"\npoints = [[1.0, 0.0], [0.0, 0.0]]\n" + scene +
                        "means = [[1.0, 1.0]]\n"),
               InputError);
  EXPECT_THROW(rule_run(scene + "means = [[0.0, 0.0]]\n"), InputError);
  EXPECT_THROW(rule_run_with("gd", "", "energy = \"cosine\""), InputError);
  EXPECT_THROW(rule_run_with("em", "", kModel), InputError);
  iem::Run run = rule_run_with("gd", "", kModel);
  EXPECT_THROW(run.apply({"state.means", Tensor{{3, 2}, {1, 1, 0, 0, 1, 2}}}), InputError);
  run.seek(50);
  EXPECT_EQ(run.state().step, 50);
}

// Whichever points are held out, and in the classifier too: their direction is asked for as well. Held out
// they stand in another order than in the data, so that none is named by its number.
TEST(Cosine, RefusesTheOriginAmongPointsHeldOut) {
  const std::string points =
      "source = \"inline\"\npoints = [[1.0, 0.0], [0.9, 0.2], [0.0, 0.0], [0.1, 1.0], [0.2, 0.9], [1.0, "
      "0.1]]\n";
  const std::string energy = "[model]\ncomponents = 2\nenergy = \"cosine\"\ncovariance = \"fixed\"\n";
  const auto refusal = [&](const std::string& lab, const std::string& data, int seed) {
    return error_of([&] {
      iem::Run(parse_scene("format = 1\nlab = \"" + lab + "\"\nseed = " + std::to_string(seed) +
                               "\n[data]\n" + points + data + energy,
                           "test.toml"),
               pool());
    });
  };
  for (const auto& [lab, labels] :
       {std::pair{"mixture", ""}, std::pair{"classifier", "labels = [0, 0, 0, 1, 1, 0]\n"}}) {
    for (int seed = 1; seed <= 6; ++seed) {
      const std::string why = refusal(lab, std::string(labels) + "held_out = 0.5\n", seed);
      EXPECT_NE(why.find("a point is at the origin"), std::string::npos) << lab << " " << seed << ": " << why;
    }
    EXPECT_NE(refusal(lab, labels, 1).find("point 2 is at the origin"), std::string::npos) << lab;
  }
}

}  // namespace
}  // namespace iem::testing
