// A mixture read along its probe line: the activation there is the mixture's own.
#include "core/labs/activation/along_probe.h"
#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/check/check.h"
#include "core/field/field.h"
#include "core/labs/activation/model/curves.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

struct Both {
  std::shared_ptr<const Snapshot> mixture, line;
  double error = 0;
};

Both read(Scene scene, const Tensor& probe, int steps) {
  scene.config.set("view.probe", probe);
  iem::Run run(std::move(scene), pool());
  run.seek(steps);
  Both out{take_snapshot(run), nullptr, 0};
  EXPECT_EQ(along_probe_bridge().unavailable_in(*out.mixture), "");
  AlongProbe reading = along_probe(*out.mixture, {out.mixture->config(), {}, {}});
  out.error = reading.error;
  out.line = take_snapshot(iem::Run(std::move(reading.scene), pool()));
  return out;
}

// Responsibilities in the plane, from the components' own matrices.
void expect_own(const Both& both, const Tensor& probe, const std::string& what) {
  const Mixture& mixture = static_cast<const Mixture&>(both.mixture->model());
  const FieldInput field =
      mixture.field(both.mixture->state.theta, both.mixture->temperature, FieldKind::responsibility);
  const Hypotheses h = line_of(*both.line).hypotheses(both.line->state.theta, both.line->temperature);
  const Eigen::Vector2d from(probe.data[0], probe.data[1]), to(probe.data[2], probe.data[3]);
  const Eigen::Vector2d n = (to - from).normalized();
  std::vector<double> r(field.components.size());
  int undecided = 0;
  for (int i = -100; i <= 200; ++i) {  // and beyond both ends
    const Eigen::Vector2d x = from + 0.01 * i * (to - from);
    field_responsibilities(field, x[0], x[1], r.data());
    const Posterior at = posterior(h, x.dot(n));
    double mean = 0;
    for (std::size_t j = 0; j < r.size(); ++j) {
      ASSERT_NEAR(at.r[j], r[j], 1e-11) << what << " component " << j << " at " << i;
      mean += r[j] * (field.components[j].mu_x * n[0] + field.components[j].mu_y * n[1]);
      undecided += r[j] > 0.01 && r[j] < 0.99;
    }
    ASSERT_NEAR(at.mean, mean, 1e-10) << what << " at " << i;
  }
  EXPECT_GT(undecided, 3) << what;
  EXPECT_LT(both.error, 1e-11) << what;
}

TEST(AlongProbe, IsTheMixturesOwnWhateverItsCovariances) {
  const Tensor probe{{2, 2}, {-3, -2.5, 3.5, 2}};
  for (const char* kind : {"full", "diag", "spherical", "tied"})
    for (const char* energy : {"gaussian", "student_t"})
      for (double tau : {1.0, 0.4, 2.5}) {
        Scene scene = load_scene("three_blobs");
        scene.config.set("model.covariance", std::string(kind));
        scene.config.set("model.energy", std::string(energy));
        scene.config.set("model.temperature", tau);
        scene.config.set("optimizer.method", std::string("em"));
        expect_own(read(scene, probe, 4), probe,
                   std::string(kind) + " " + energy + " " + std::to_string(tau));
      }
}

TEST(AlongProbe, IsTheCurveOfTheMixturesFigure) {
  const Tensor probe{{2, 2}, {-4, 1, 4, -0.5}};
  const Both both = read(load_scene("anisotropic"), probe, 10);
  const Figure figure =
      lab_of(*both.mixture->setup).figure("activation", *both.mixture, {both.mixture->config(), {}, {}});
  const Hypotheses h = line_of(*both.line).hypotheses(both.line->state.theta, both.line->temperature);
  const Line* curve = nullptr;
  for (const Mark& mark : figure.panels[0].marks)
    if (const auto* line = std::get_if<Line>(&mark); line && line->series == "activation") curve = line;
  ASSERT_NE(curve, nullptr);
  for (std::size_t i = 0; i < curve->x.size(); ++i)
    EXPECT_NEAR(posterior(h, curve->x[i]).mean, curve->y[i], 1e-10);
  // The lab shows the same stretch of the line.
  EXPECT_NEAR(both.line->config().tensor("view.z").data[0], curve->x.front(), 1e-12);
  EXPECT_NEAR(both.line->config().tensor("view.z").data[1], curve->x.back(), 1e-12);
}

// Other energies: exact where the line passes through every centre, and with a number elsewhere.
TEST(AlongProbe, SaysHowFarItIsOff) {
  const auto scene = [](const char* energy, double second_y) {
    return parse_scene(
        "format = 1\nlab = \"mixture\"\n[model]\ncomponents = 2\nenergy = \"" + std::string(energy) +
            "\"\ncovariance = \"diag\"\ninit = \"explicit\"\nmeans = [[-1.0, 0.5], [2.0, " +
            std::to_string(second_y) +
            "]]\ncovariances = [[[0.5, 0.0], [0.0, 0.5]], [[0.9, 0.0], [0.0, 0.4]]]\nweights = "
            "[0.3, 0.7]\n",
        "test.toml");
  };
  const Tensor probe{{2, 2}, {-4, 0.5, 4, 0.5}};
  for (const char* energy : {"laplace", "huber", "pseudo_huber"})
    EXPECT_LT(read(scene(energy, 0.5), probe, 0).error, 1e-9) << energy;
  EXPECT_LT(read(scene("laplace", 1.5), probe, 0).error, 1e-9);  // |u_0| + |u_1| along an axis
  for (const char* energy : {"huber", "pseudo_huber"}) {
    const Both off = read(scene(energy, 2.5), probe, 0);
    EXPECT_GT(off.error, 1e-4) << energy;
    EXPECT_LT(off.error, 0.3) << energy;
    EXPECT_NE(off.line->setup->scene.description.find("Largest difference"), std::string::npos);
  }
}

TEST(AlongProbe, SaysWhyThereIsNone) {
  const auto reason = [](const Scene& scene) {
    return along_probe_bridge().unavailable_in(*take_snapshot(iem::Run(scene, pool())));
  };
  EXPECT_NE(reason(load_scene("tanh")), "");
  EXPECT_NE(reason(load_scene("directions")), "");  // on the circle
  EXPECT_NE(reason(load_scene("sparse")), "");
  EXPECT_NE(reason(load_scene("correntropy")), "");
  EXPECT_EQ(reason(load_scene("three_blobs")), "");
}

// Prototypes of unequal widths learn by every rule where EM ends, and their widths keep their ratios.
TEST(Widths, LearnTheScaleTheyShare) {
  const std::string model =
      "format = 1\nlab = \"activation\"\nseed = 4\n[data]\nsource = \"bumps\"\nclusters = 3\ncount = "
      "600\nnoise "
      "= 0.5\n[model]\nhypotheses = \"prototypes\"\npositions = [-2.0, 0.3, 2.0]\nwidths = [1.0, 0.5, "
      "1.4]\nvalues = [-1.0, 0.0, 1.0]\nscale = 0.9\nenergy = \"";
  for (const char* kernel : {"gaussian", "student_t", "huber"}) {
    const auto at_end = [&](const char* rule, int steps) {
      iem::Run run(parse_scene(model + kernel + "\"\n[optimizer]\n" + rule, "test.toml"), pool());
      run.seek(steps);
      for (const CheckResult& check : run_checks(*take_snapshot(run)))
        EXPECT_NE(check.status, CheckStatus::fail) << check.id << " " << kernel;
      return run;
    };
    // A constant may be added to all logits: priors, not logits.
    const auto numbers = [](const iem::Run& run) {
      const LineNatural n = static_cast<const LineModel&>(*run.setup().model).unpack(run.state().theta);
      std::vector<double> all = n.places;
      all.insert(all.end(), n.prior.begin(), n.prior.end());
      all.push_back(n.scale);
      return Eigen::MatrixXd(Eigen::Map<Eigen::VectorXd>(all.data(), static_cast<Eigen::Index>(all.size())));
    };
    const iem::Run em = at_end("method = \"em\"\n", 3000);
    EXPECT_LT(em.evaluation().gradient_norm(), 1e-9) << kernel;
    for (const char* rule :
         {"method = \"gd\"\nlearning_rate = 0.3\n", "method = \"natural\"\nlearning_rate = 0.5\n"})
      EXPECT_TRUE(close(numbers(at_end(rule, 6000)), numbers(em), 1e-6)) << kernel << rule;
    const Hypotheses h = static_cast<const LineModel&>(*em.setup().model).hypotheses(em.state().theta, 1);
    EXPECT_NEAR(h.scale_of(2) / h.scale_of(1), 2.8, 1e-12);
    EXPECT_EQ(h.g[2], 1);
  }
}

}  // namespace
}  // namespace iem::testing
