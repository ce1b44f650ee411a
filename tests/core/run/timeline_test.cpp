#include "core/run/timeline.h"

#include <gtest/gtest.h>

namespace iem {
namespace {

RunState state_at(std::int64_t step) {
  RunState state;
  state.step = step;
  state.theta = Theta::Constant(20, static_cast<double>(step));
  return state;
}

std::size_t bytes(const Timeline& timeline) {
  std::size_t sum = 0;
  for (const auto& [step, frame] : timeline.frames()) sum += frame->state.bytes();
  return sum;
}

TEST(Timeline, DoublesItsSpacingWhenTheBudgetIsSpentAndStaysWithinIt) {
  const std::size_t budget = 20 * state_at(0).bytes();
  Timeline timeline(budget);
  timeline.keep(state_at(0), nullptr, true);
  for (std::int64_t step = 1; step <= 5000; ++step) {
    timeline.keep(state_at(step), nullptr, false);
    ASSERT_LE(bytes(timeline), budget);
    ASSERT_LE(timeline.at_or_before(step).state.step, step);
    ASSERT_GT(timeline.at_or_before(step).state.step, step - timeline.spacing());
  }
  EXPECT_EQ(timeline.spacing() & (timeline.spacing() - 1), 0) << "a power of two";
  EXPECT_GE(timeline.spacing(), 5000 / 20);
  EXPECT_LE(timeline.spacing(), 1024);
  for (const auto& [step, frame] : timeline.frames()) EXPECT_EQ(step % timeline.spacing(), 0);
}

// How many steps are taken again to go anywhere: of the first scene some microseconds each.
TEST(Timeline, OfAMillionStepsHasAKeyframeNearEachOfThem) {
  Timeline timeline;
  timeline.keep(state_at(0), nullptr, true);
  for (std::int64_t step = 1; step <= 1'000'000; ++step)
    if (step % timeline.spacing() == 0) timeline.keep(state_at(step), nullptr, false);
  EXPECT_LE(timeline.spacing(), 16);
  EXPECT_LE(bytes(timeline), std::size_t{64} << 20);
}

TEST(Timeline, NeverDropsPinnedFrames) {
  Timeline timeline(5 * state_at(0).bytes());
  timeline.keep(state_at(0), nullptr, true);
  for (std::int64_t step = 1; step <= 300; ++step)
    timeline.keep(state_at(step), nullptr, step == 37 || step == 201);
  for (std::int64_t step : {0, 37, 201}) {
    ASSERT_TRUE(timeline.frames().contains(step)) << step;
    EXPECT_TRUE(timeline.frames().at(step)->pinned);
  }
  EXPECT_EQ(
      timeline.at_or_before(200).state.step % timeline.spacing() == 0 || timeline.at_or_before(200).pinned,
      true);
}

TEST(Timeline, WorksWithABudgetBelowASingleFrame) {
  Timeline timeline(1);
  timeline.keep(state_at(0), nullptr, true);
  for (std::int64_t step = 1; step <= 50; ++step) timeline.keep(state_at(step), nullptr, false);
  EXPECT_EQ(timeline.at_or_before(50).state.step, 0);
}

TEST(Timeline, APinnedFrameReplacesWhatWasKeptAtItsStep) {
  Timeline timeline;
  timeline.keep(state_at(0), nullptr, true);
  timeline.keep(state_at(1), nullptr, false);
  RunState edited = state_at(1);
  edited.theta.setConstant(-5);
  timeline.keep(edited, nullptr, true);
  timeline.keep(state_at(1), nullptr, false);  // passing by again
  EXPECT_EQ(timeline.at_or_before(1).state.theta[0], -5);
}

TEST(Timeline, TruncateForgetsEverythingAfterAStep) {
  Timeline timeline;
  timeline.keep(state_at(0), nullptr, true);
  for (std::int64_t step = 1; step <= 20; ++step) timeline.keep(state_at(step), nullptr, step == 15);
  timeline.truncate(10);
  EXPECT_EQ(timeline.frames().rbegin()->first, 10);
  EXPECT_EQ(timeline.at_or_before(1000).state.step, 10);
}

}  // namespace
}  // namespace iem
