// Numbers that are read off a run when somebody asks.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/labs/kit/lab.h"
#include "core/labs/mixture/model/metrics.h"
#include "core/labs/registry.h"
#include "core/model/fixed_point.h"
#include "core/run/settled.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

const Metric& metric(const iem::Run& run, const std::string& id) {
  const std::vector<Metric>& all = run.setup().problem().metrics();
  const auto found = std::ranges::find(all, id, &Metric::id);
  EXPECT_NE(found, all.end()) << id;
  return *found;
}
double number(const iem::Run& run, const std::string& id) { return metric_number(metric(run, id), run); }

TEST(Metrics, HaveNamesThatMeanOneThing) {
  std::size_t seen = 0;
  for (const Lab* lab : labs()) {
    std::set<std::string> ids;
    for (const Metric& each : lab->metrics()) {
      EXPECT_TRUE(ids.insert(each.id).second) << each.id;
      EXPECT_FALSE(each.help.empty()) << each.id;
      EXPECT_TRUE(each.value) << each.id;
      EXPECT_TRUE(each.arguments.empty() || !each.in_tables) << each.id;
      ++seen;
    }
    // What the model keeps at every step can be asked for by name.
    for (const std::string& scene : testing::scenes_of(lab->id()))
      for (const std::string& id : iem::Run(load_scene(scene), testing::pool()).setup().model->metric_ids())
        EXPECT_TRUE(ids.contains(id)) << scene << " " << id;
  }
  EXPECT_GT(seen, 30u);
}

TEST(Metrics, AgreeWithKnownClasses) {
  iem::Run run(load_scene("three_blobs"), testing::pool());
  EXPECT_LT(number(run, "ari"), 0.9);
  run.seek(150);
  EXPECT_EQ(number(run, "ari"), 1);
  EXPECT_EQ(number(run, "matched_accuracy"), 1);
  // Without labels there is nothing to agree with, and tables have no such columns.
  const iem::Run without(load_scene("old_faithful"), testing::pool());
  EXPECT_NE(metric(without, "ari").unavailable(without), "");
  EXPECT_TRUE(std::isnan(number(without, "ari")));
  EXPECT_EQ(table_metric_ids(without), std::vector<std::string>{"contraction"});
  EXPECT_EQ(table_metric_ids(run), (std::vector<std::string>{"ari", "matched_accuracy", "contraction"}));
}

// EM on two clouds: the largest eigenvalue of the map's Jacobian, which the figure Convergence computes, is
// what a step leaves of an error.
TEST(Metrics, ContractionIsTheRateOfTheLastSteps) {
  Scene scene = load_scene("two_blobs");
  scene.config.set("data.separation", 1.5);
  iem::Run run(scene, testing::pool());
  EXPECT_TRUE(std::isnan(number(run, "contraction")));
  run.seek(4);
  const History& history = run.history();
  EXPECT_NEAR(number(run, "contraction"), std::pow(history.row(4)[1] / history.row(0)[1], 0.25), 1e-14);
  run.seek(60);
  const double rate = number(run, "contraction");
  EXPECT_GT(rate, 0.5);
  EXPECT_LT(rate, 0.9);
  EXPECT_NEAR(history.row(60)[1] / history.row(59)[1], rate, 1e-3);
  EXPECT_NEAR(history.row(50)[1] * std::pow(rate, 10), history.row(60)[1], 1e-12);
}

// One gaussian of fixed width 1: J is (mu - mean)^2 / 2 and a constant, and a step leaves 1 - eta of the
// error.
TEST(Metrics, ContractionOfAQuadraticIsKnown) {
  for (const double eta : {0.05, 0.3, 1.5}) {
    Scene scene = load_scene("three_blobs");
    scene.config.set("model.components", std::int64_t{1});
    scene.config.set("model.covariance", std::string("fixed"));
    scene.config.set("model.learn", std::vector<std::string>{"means"});
    scene.config.set("optimizer.method", std::string("gd"));
    scene.config.set("optimizer.learning_rate", eta);
    scene.config.set("model.init", std::string("explicit"));
    scene.config.set("model.means", Tensor{{1, 2}, {40, -30}});
    iem::Run run(scene, testing::pool());
    run.seek(3);
    EXPECT_NEAR(number(run, "contraction"), std::abs(1 - eta), 1e-9) << "of the steps there are";
    run.seek(14);
    EXPECT_NEAR(number(run, "contraction"), std::abs(1 - eta), 1e-9);
  }
}

TEST(Metrics, StepsToToleranceIsWhereTheLossStopsFalling) {
  iem::Run run(load_scene("iris"), testing::pool());
  run.seek(200);
  const auto step = static_cast<std::int64_t>(number(run, "steps_to_tolerance"));
  ASSERT_GT(step, 1);
  const double lowest = std::ranges::min(run.history().column(0));
  EXPECT_LE(run.history().row(step)[0], lowest + 1e-6);
  EXPECT_GT(run.history().row(step - 1)[0], lowest + 1e-6);
  const History& history = run.history();
  for (std::int64_t later = step; later <= 200; ++later)
    EXPECT_LT(history.row(later)[0] - lowest, 1e-6) << later << ": it stays there";
  // Seen from an earlier step it is of the steps until then.
  run.seek(1);
  EXPECT_LE(number(run, "steps_to_tolerance"), 1);
}

// A run that comes near once and leaves again has not settled there.
TEST(Metrics, SettledIsWhereALossStaysNear) {
  History history;
  const std::vector<double> losses = {9, 1.05, 4, 1.2, 1.08, 1, 1.02, 3, std::nan(""), 1.01};
  for (std::size_t t = 0; t < losses.size(); ++t)
    history.record(static_cast<std::int64_t>(t), std::vector<double>{losses[t], 0}, {});
  EXPECT_EQ(settled_at(history, 1, 0.1), 9);
  EXPECT_EQ(settled_at(history, 1, 0.1, 8), std::nullopt) << "not a number is not near";
  EXPECT_EQ(settled_at(history, 1, 0.1, 7), std::nullopt);
  EXPECT_EQ(settled_at(history, 1, 0.1, 6), 4);
  EXPECT_EQ(settled_at(history, 1, 0.3, 6), 3);
  EXPECT_EQ(settled_at(history, 1, 10, 6), 0);
  EXPECT_EQ(settled_at(history, 1, 0.1, 1), 1) << "as far as was known then";
  EXPECT_EQ(lowest_loss(history), 1);
  EXPECT_EQ(lowest_loss(history, 2), 1.05);
  EXPECT_EQ(settled_at(History(), 1, 0.1), std::nullopt);
  History later;
  later.begin_at(5, std::vector<double>{1.0, 0}, {});
  EXPECT_EQ(settled_at(later, 1, 0.1), std::nullopt) << "nobody knows what was before";
  later.record(6, std::vector<double>{3.0, 0}, {});
  later.record(7, std::vector<double>{1.0, 0}, {});
  EXPECT_EQ(settled_at(later, 1, 0.1), 7);
}

// Near the middle the distances of prototypes grow at every EM step by critical over present temperature.
TEST(Metrics, PrototypesPartBelowTheCriticalTemperature) {
  for (const double factor : {0.7, 0.9, 1.2}) {
    Scene scene = load_scene("annealing");
    scene.config.reset("schedule.temperature_decay");
    const double critical = number(iem::Run(scene, testing::pool()), "critical_temperature");
    scene.config.set("model.temperature", factor * critical);
    iem::Run run(scene, testing::pool());
    const Eigen::RowVectorXd middle = run.setup().data->points.colwise().mean();
    Tensor means{{4, 2}, {}};
    for (int j = 0; j < 4; ++j)
      for (int axis = 0; axis < 2; ++axis)
        means.data.push_back(middle[axis] + 1e-6 * std::cos(1 + 2 * j + 3 * axis));
    run.apply({"state.means", means});
    run.seek(10);
    const double before = number(run, "spread");
    run.seek(11);
    EXPECT_NEAR(number(run, "spread") / before, 1 / factor, 0.02) << factor;
  }
}

TEST(Metrics, ThereIsNoCriticalTemperatureOfACovarianceWithoutARoot) {
  const iem::Run run(load_scene("annealing"), testing::pool());
  MixtureComponent flat;
  flat.sigma = {1, 1, 1};
  EXPECT_TRUE(std::isnan(critical_temperature(*run.setup().data, flat)));
  flat.sigma = {2, 1, 1};
  EXPECT_GT(critical_temperature(*run.setup().data, flat), 0);
}

// As an expression may ask: retrieval_gap(0, 0 / 0).
TEST(Metrics, ANumberOfPassesThatIsNoneIsRefused) {
  const iem::Run run(load_scene("retrieval"), testing::pool());
  const Metric& gap = metric(run, "retrieval_gap");
  EXPECT_GE(gap.value(run, std::array{0.0, 20.0}).data.at(0), 0);
  EXPECT_THROW(gap.value(run, std::array{0.0, std::nan("")}), InputError);
}

}  // namespace
}  // namespace iem
