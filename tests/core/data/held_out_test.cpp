// Points set aside: none is lost, none is learned from, and what they say is computed from them alone.
#include <cmath>
#include <set>

#include "core/labs/kit/lab.h"
#include "core/run/inline_points.h"
#include "core/run/snapshot.h"
#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

std::multiset<std::pair<double, double>> points_of(const Dataset& data) {
  std::multiset<std::pair<double, double>> out;
  for (Eigen::Index i = 0; i < data.size(); ++i) out.emplace(data.points(i, 0), data.points(i, 1));
  return out;
}

iem::Run run_with(const std::string& share, const std::string& more = "") {
  return rule_run("[data]\nsource = \"moons\"\ncount = 200\nheld_out = " + share +
                  "\n[model]\ncomponents = 4\n[optimizer]\nmethod = \"em\"\n" + more);
}

TEST(HeldOut, PartsTheDataAndKeepsOrderAndLabels) {
  const iem::Run whole = run_with("0.0"), parted = run_with("0.3");
  const Dataset& all = *whole.setup().data;
  const Dataset& kept = *parted.setup().data;
  EXPECT_EQ(all.held_out, nullptr);
  ASSERT_NE(kept.held_out, nullptr);
  EXPECT_EQ(kept.size(), 140);
  EXPECT_EQ(kept.held_out->size(), 60);
  EXPECT_EQ(points_of(with_held_out(kept)), points_of(all));
  EXPECT_NE(kept.hash, all.hash);
  // Both parts are subsequences of the whole, with their labels.
  for (const Dataset* part : {&kept, kept.held_out.get()}) {
    Eigen::Index at = 0;
    for (Eigen::Index i = 0; i < part->size(); ++i) {
      while (at < all.size() && all.points.row(at) != part->points.row(i)) ++at;
      ASSERT_LT(at, all.size());
      EXPECT_EQ(all.labels[at], part->labels[i]);
    }
  }
}

// So that points keep their places when the share changes.
TEST(HeldOut, AreStandardisedByTheMeanAndDeviationOfAll) {
  const iem::Run whole = run_with("0.0\nstandardise = true"), parted = run_with("0.3\nstandardise = true");
  const Dataset &all = *whole.setup().data, &kept = *parted.setup().data;
  EXPECT_EQ(points_of(with_held_out(kept)), points_of(all));
  EXPECT_GT(kept.points.colwise().mean().norm(), 1e-3);
  EXPECT_LT(all.points.colwise().mean().norm(), 1e-12);
}

TEST(HeldOut, ChoosesEveryPointEquallyOften) {
  std::vector<int> aside(10, 0);
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    Dataset data;
    data.points.resize(10, 2);
    for (Eigen::Index i = 0; i < 10; ++i) data.points.row(i) << static_cast<double>(i), 0;
    hold_out(data, 0.3, Random(seed));
    ASSERT_EQ(data.held_out->size(), 3);
    for (const double x : data.held_out->points.col(0)) ++aside[static_cast<std::size_t>(x)];
  }
  for (const int count : aside) EXPECT_NEAR(count, 1200, 5 * std::sqrt(4000 * 0.3 * 0.7));
}

TEST(HeldOut, LeavesAtLeastOnePoint) {
  Dataset data;
  data.points = Eigen::MatrixXd::Ones(2, 2);
  hold_out(data, 0.9, Random(1));
  EXPECT_EQ(data.size(), 1);
  Dataset one;
  one.points = Eigen::MatrixXd::Ones(1, 2);
  hold_out(one, 0.9, Random(1));
  EXPECT_EQ(one.size(), 1);
  EXPECT_EQ(one.held_out, nullptr);
}

TEST(HeldOut, IsMeasuredAndNotLearnedFrom) {
  iem::Run run = run_with("0.3");
  run.seek(30);
  const Model& model = *run.setup().model;
  EXPECT_EQ(model.metric_ids(), (std::vector<std::string>{"entropy", "usage_min", "held_out_loss", "bic"}));
  // Neither number comes from the pass: the plain density by the field's twin.
  const Dataset &kept = *run.setup().data, &aside = *kept.held_out;
  const FieldInput field = mixture_in(run).field(run.state().theta, 1, FieldKind::density);
  const auto loss = [&](const Dataset& data) {
    double sum = 0, r[4];
    for (Eigen::Index i = 0; i < data.size(); ++i)
      sum -= field_responsibilities(field, data.points(i, 0), data.points(i, 1), r);
    return sum / static_cast<double>(data.size());
  };
  EXPECT_NEAR(run.evaluation().metrics[2], loss(aside), 1e-12);
  EXPECT_NEAR(run.evaluation().metrics[3], 2 * 140 * loss(kept) + 23 * std::log(140.0), 1e-9);
  EXPECT_EQ(run.history().column(4)[30], run.evaluation().metrics[2]);
  // The same points, with nothing to compare: the same run.
  iem::Run alone = run_with("0.3");
  alone.apply({"optimizer.reg_covar", 1e-6});
  alone.seek(30);
  for (const Edit& edit : inline_points(*run.setup().data, run.setup().config()))
    EXPECT_NE(edit.key, "data.standardise");
  EXPECT_EQ(alone.state().theta, run.state().theta);
}

TEST(HeldOut, KnowsTheNumberOfFreeParameters) {
  const auto count = [](const std::string& model) {
    return mixture_in(rule_run_with("gd", "", model)).free_parameters();
  };
  EXPECT_EQ(count("components = 3"), 17);
  EXPECT_EQ(count("components = 3\ncovariance = \"diag\""), 14);
  EXPECT_EQ(count("components = 3\ncovariance = \"spherical\""), 11);
  EXPECT_EQ(count("components = 3\ncovariance = \"tied\""), 11);
  EXPECT_EQ(count("components = 3\ncovariance = \"fixed\"\nlearn = [\"means\"]"), 6);
  EXPECT_EQ(count("components = 1"), 5);
}

TEST(HeldOut, SaysNothingOfBicWithoutALikelihood) {
  iem::Run hot = rule_run("[data]\nheld_out = 0.5\n[model]\ntemperature = 2.0\n");
  EXPECT_TRUE(std::isnan(hot.evaluation().metrics[3]));
  EXPECT_TRUE(std::isfinite(hot.evaluation().metrics[2]));
}

// Too many prototypes are seen to cost.
TEST(HeldOut, RisesWhereTheLossFalls) {
  iem::Run few = run_with("0.4", "[schedule]\n"), many = few;
  many.apply({"model.components", std::int64_t{30}});
  few.seek(100);
  many.seek(100);
  EXPECT_LT(many.evaluation().loss, few.evaluation().loss);
  EXPECT_GT(many.evaluation().metrics[2], few.evaluation().metrics[2]);
  EXPECT_GT(many.evaluation().metrics[3], few.evaluation().metrics[3]);
}

TEST(HeldOut, ComesAndGoesOnTheWay) {
  iem::Run run = run_with("0.0");
  run.seek(5);
  run.apply({"data.held_out", 0.25});
  EXPECT_EQ(run.setup().data->size(), 150);
  run.seek(10);
  EXPECT_TRUE(std::isfinite(run.evaluation().metrics[2]));
  const auto hash = run.state().hash();
  run.seek(2);
  run.seek(10);
  EXPECT_EQ(run.state().hash(), hash);
  EXPECT_TRUE(std::isnan(run.history().column(4)[2]));
  // Painting ends it: all points are there again.
  for (const Edit& edit : inline_points(*run.setup().data, run.setup().config())) run.apply(edit);
  EXPECT_EQ(run.setup().data->size(), 200);
  EXPECT_EQ(run.setup().data->held_out, nullptr);
  EXPECT_THROW(run.apply({"data.held_out", 0.95}), InputError);
}

}  // namespace
}  // namespace iem::testing
