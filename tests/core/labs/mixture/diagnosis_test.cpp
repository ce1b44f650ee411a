// What goes wrong is named, what does not is not, and the remedy mends it.
#include "core/labs/mixture/model/diagnosis.h"
#include "core/session/scene_file.h"

#include <algorithm>
#include <cmath>

#include "core/labs/kit/lab.h"
#include "tests/core/optimize/rule_support.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

std::vector<Diagnosis> of(const iem::Run& run) {
  const auto snapshot = take_snapshot(run);
  return snapshot->setup->problem().diagnose(*snapshot);
}

const Diagnosis* find(const std::vector<Diagnosis>& all, const std::string& kind) {
  for (const Diagnosis& d : all)
    if (d.kind == kind) return &d;
  return nullptr;
}

void mend(iem::Run& run, const Diagnosis& diagnosis) {
  EXPECT_FALSE(diagnosis.remedy.empty());
  ASSERT_FALSE(diagnosis.edits.empty());
  for (const Edit& edit : diagnosis.edits) run.apply(edit);
}

TEST(Diagnosis, OfAHealthyRunIsEmpty) {
  for (const char* scene : {"penguins", "three_blobs", "moons", "iris", "ring", "annealing"}) {
    iem::Run run(load_scene(scene), pool());
    for (const std::int64_t step : {0, 5, 40, 100}) {
      run.seek(step);
      const auto found = of(run);
      EXPECT_TRUE(found.empty()) << scene << " at " << step << ": " << found.front().text;
    }
  }
}

// On a point, far from all others, gradient descent makes log W grow by eta N_j/N a step.
const std::string kOnAPoint =
    "[data]\nsource = \"inline\"\npoints = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [9.0, 9.0], [1.0, 1.2]]\n"
    "[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[0.5, 0.5], [9.0, 9.0]]\n"
    "covariances = [[[1.0, 0.0], [0.0, 1.0]], [[0.01, 0.0], [0.0, 0.01]]]\nlearn = [\"covariances\"]\n"
    "[optimizer]\nmethod = \"gd\"\nlearning_rate = 1.0\n";

TEST(Diagnosis, NamesAComponentThatNarrowsOntoAPoint) {
  iem::Run run = rule_run(kOnAPoint);
  EXPECT_EQ(find(of(run), "singularity"), nullptr);
  run.seek(70);
  const auto found = of(run);
  const Diagnosis* d = find(found, "singularity");
  ASSERT_NE(d, nullptr);
  EXPECT_EQ(d->component, 1);
  const double sigma = std::sqrt(mixture_in(run).unpack(run.state().theta)[1].sigma.xx);
  EXPECT_NEAR(sigma, 0.1 * std::exp(-70 / 5.0 * 1.0), 0.02 * sigma);
  EXPECT_EQ(d->text, "prototype 2 collapses: σ 8 × 10^−8 and falling");
  mend(run, *d);
  run.seek(90);
  EXPECT_EQ(find(of(run), "singularity"), nullptr);
  const double floor = run.setup().config().real("model.sigma_floor");
  EXPECT_EQ(floor, 0.3);  // the data's spread is 3.4 along either axis
  EXPECT_NEAR(mixture_in(run).unpack(run.state().theta)[1].sigma.xx, floor * floor, 1e-12);
}

TEST(Diagnosis, NamesWideningWithoutAVolumeTerm) {
  // Small enough steps: with 2.0 the run is chaotic, and rounding decides where it ends.
  iem::Run run = rule_run_with("gd", "learning_rate = 0.3", "volume_term = false");
  run.seek(400);
  const auto found = of(run);
  const Diagnosis* d = find(found, "metric_collapse");
  ASSERT_NE(d, nullptr);
  EXPECT_NE(d->text.find("widens without end"), std::string::npos);
  EXPECT_NE(d->text.find("and rising"), std::string::npos);
  const double before = run.evaluation().loss;
  mend(run, *d);
  run.seek(1500);
  EXPECT_EQ(find(of(run), "metric_collapse"), nullptr);
  EXPECT_GT(run.evaluation().loss, before);
}

TEST(Diagnosis, NamesADeadPrototypeAndPutsItToUse) {
  for (const std::string kind : {"fixed", "spherical", "diag", "tied", "full"}) {
    iem::Run run = rule_run("[model]\ncomponents = 3\ncovariance = \"" + kind +
                            "\"\ninit = \"explicit\"\nmeans = [[-1.0, 1.0], [1.0, 1.0], [60.0, 80.0]]\n"
                            "[optimizer]\nmethod = \"em\"\n");
    run.seek(kind == "fixed" ? 3 : 0);
    const auto found = of(run);
    const Diagnosis* d = find(found, "dead");
    ASSERT_NE(d, nullptr) << kind;
    EXPECT_EQ(d->component, 2);
    EXPECT_NE(d->text.find("prototype 3 is dead"), std::string::npos);
    mend(run, *d);
    run.seek(run.state().step + 5);
    EXPECT_EQ(find(of(run), "dead"), nullptr) << kind;
    EXPECT_GT(run.evaluation().statistics(2, 0), 1) << kind;
  }
}

// A dead prototype gets a K-th of the data's variance along each axis, also where the axes are unlike.
TEST(Diagnosis, GivesADeadPrototypeTheSpreadOfEachAxis) {
  std::string points;
  for (int i = 0; i < 60; ++i)
    points += (i > 0 ? ", [" : "[") + std::to_string(0.1 * std::cos(i)) + ", " +
              std::to_string(30 * std::sin(1.7 * i)) + "]";
  const iem::Run run = rule_run("[data]\nsource = \"inline\"\npoints = [" + points +
                                "]\n[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[0.0, 0.0], "
                                "[600.0, 0.0]]\n[optimizer]\nmethod = \"em\"\n");
  const auto found = of(run);
  const Diagnosis* d = find(found, "dead");
  ASSERT_NE(d, nullptr);
  const auto edit = std::ranges::find(d->edits, std::string("state.covariances"), &Edit::key);
  ASSERT_NE(edit, d->edits.end());
  const auto& given = std::get<Tensor>(edit->value).data;
  for (const int axis : {0, 1}) {
    const Eigen::ArrayXd x = run.setup().data->points.col(axis);
    const double variance = (x - x.mean()).square().mean();
    EXPECT_NEAR(given[axis == 0 ? 4 : 7], variance / 2, 1e-9 * variance) << axis;
  }
  EXPECT_EQ(given[5], 0);
}

TEST(Diagnosis, NamesDivergenceAndSlowness) {
  iem::Run run(load_scene("old_faithful"), pool());
  run.seek(60);
  const auto found = of(run);
  const Diagnosis* slow = find(found, "slow");
  ASSERT_NE(slow, nullptr);
  mend(run, *slow);
  run.seek(90);
  EXPECT_TRUE(of(run).empty());

  iem::Run wild = rule_run_with("gd", "learning_rate = 1e6");
  wild.seek(200);
  ASSERT_TRUE(wild.divergence());
  const auto all = of(wild);
  EXPECT_EQ(all.front().kind, "diverged");
  EXPECT_TRUE(all.front().text.starts_with("the run became non-finite at step "));
  mend(wild, all.front());
  EXPECT_EQ(wild.setup().config().real("optimizer.learning_rate"), 1e5);
}

}  // namespace
}  // namespace iem::testing
