#include "core/optimize/mini_batch.h"

#include <algorithm>
#include <set>

#include "tests/core/optimize/rule_support.h"

namespace iem::testing {
namespace {

std::vector<Eigen::Index> one_epoch(Eigen::Index points, std::int64_t size, Epoch& epoch, Random& random) {
  std::vector<Eigen::Index> used;
  do {
    const auto batch = next_batch(points, size, epoch, random);
    EXPECT_LE(static_cast<std::int64_t>(batch.size()), size);
    EXPECT_FALSE(batch.empty());
    used.insert(used.end(), batch.begin(), batch.end());
  } while (epoch.position < points);
  return used;
}

TEST(MiniBatch, EveryEpochUsesEveryPointOnce) {
  for (const Eigen::Index points : {1, 2, 7, 64, 101}) {
    for (const std::int64_t size : {1, 3, 64, 500}) {
      Epoch epoch;
      Random random(3);
      for (int round = 0; round < 3; ++round) {
        std::vector<Eigen::Index> used = one_epoch(points, size, epoch, random);
        std::sort(used.begin(), used.end());
        ASSERT_EQ(static_cast<Eigen::Index>(used.size()), points);
        for (Eigen::Index i = 0; i < points; ++i) EXPECT_EQ(used[static_cast<std::size_t>(i)], i);
      }
    }
  }
}

TEST(MiniBatch, EpochsDifferAndFollowTheSeed) {
  Epoch epoch, again;
  Random random(3), same(3);
  const auto first = one_epoch(50, 8, epoch, random), second = one_epoch(50, 8, epoch, random);
  EXPECT_NE(first, second);
  EXPECT_EQ(one_epoch(50, 8, again, same), first);
  EXPECT_EQ(one_epoch(50, 8, again, same), second);
}

TEST(MiniBatch, EveryPlaceIsEquallyLikely) {
  constexpr int kRounds = 6000;
  int first_place[5] = {};
  Random random(11);
  for (int round = 0; round < kRounds; ++round) {
    Epoch epoch;
    ++first_place[next_batch(5, 1, epoch, random)[0]];
  }
  for (const int count : first_place) EXPECT_NEAR(count, kRounds / 5, 150);  // five standard deviations
}

TEST(StochasticGradient, ABatchOfAllPointsIsGradientDescent) {
  iem::Run sgd = rule_run_with("sgd", "batch_size = 1000"), gd = rule_run_with("gd");
  sgd.seek(20);
  gd.seek(20);
  EXPECT_LT(largest_gap(sgd.state().theta, gd.state().theta), 1e-12);
}

TEST(StochasticGradient, StepsByTheMeanGradientOfItsBatch) {
  iem::Run run = rule_run_with("sgd", "batch_size = 7\nlearning_rate = 0.5");
  const Theta before = run.state().theta;
  ASSERT_EQ(run.step(), StepResult::stepped);
  const auto batch = epoch_order(run.state().optimizer_state.epoch).first(7);
  Dataset part;
  part.points.resize(7, 2);
  for (Eigen::Index i = 0; i < 7; ++i)
    part.points.row(i) = run.setup().data->points.row(batch[static_cast<std::size_t>(i)]);
  Evaluation evaluation;
  run.setup().model->evaluate(before, 1, part, {}, Wanted::sums, run.pool(), evaluation);
  EXPECT_LT(largest_gap(run.state().theta, before - 0.5 * evaluation.gradient), 1e-14);
}

// Position and order are part of the state: any step is reached again by way of keyframes with the same hash.
TEST(StochasticGradient, SeeksBackIntoTheMiddleOfAnEpoch) {
  for (const std::string method : {"sgd", "incremental_em", "adam"}) {
    iem::Run run = rule_run(
        "[optimizer]\nbatch_size = 16\nlearning_rate = 0.02\nmethod = \"" + method + "\"\n", 1, 1 << 12);
    std::vector<std::uint64_t> hashes = {run.state().hash()};
    for (int step = 0; step < 40; ++step) {
      ASSERT_EQ(run.step(), StepResult::stepped);
      hashes.push_back(run.state().hash());
    }
    EXPECT_EQ(std::set<std::uint64_t>(hashes.begin(), hashes.end()).size(), hashes.size());
    EXPECT_GT(run.timeline().spacing(), 1) << "the budget is too large to test anything";
    for (std::int64_t step = 40; step >= 0; --step) {
      run.seek(step);
      EXPECT_EQ(run.state().hash(), hashes[static_cast<std::size_t>(step)]) << method << " step " << step;
    }
  }
}

TEST(StochasticGradient, ThePositionInAnEpochIsHashed) {
  iem::Run run = rule_run_with("sgd", "batch_size = 16");
  RunState state = run.state();
  const std::uint64_t hash = state.hash();
  state.optimizer_state.epoch.position = 3;
  EXPECT_NE(state.hash(), hash);
  state = run.state();
  state.optimizer_state.epoch.seed = 3;
  EXPECT_NE(state.hash(), hash);
}

TEST(StochasticGradient, OtherDataBeginAnotherEpoch) {
  iem::Run run = rule_run_with("sgd", "batch_size = 16");
  run.seek(3);
  EXPECT_EQ(run.state().optimizer_state.epoch.position, 48);
  run.apply({"data.count", std::int64_t{70}});
  EXPECT_EQ(run.state().optimizer_state.epoch.points, 0);
  ASSERT_EQ(run.step(), StepResult::stepped);
  EXPECT_EQ(run.state().optimizer_state.epoch.points, 70);
}

}  // namespace
}  // namespace iem::testing
