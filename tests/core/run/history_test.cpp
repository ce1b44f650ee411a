#include "core/history/history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace iem {
namespace {

void fill(History& history, std::int64_t first, std::int64_t last, double sign = 1) {
  for (std::int64_t step = first; step <= last; ++step) {
    const auto t = static_cast<double>(step);
    const double row[] = {sign * t, 10 * t}, trail[] = {t, t + 0.5, t + 0.25};
    history.record(step, row, trail);
  }
}

TEST(History, GivesBackEveryRowAcrossChunks) {
  History history;
  fill(history, 0, 3500);
  ASSERT_EQ(history.size(), 3501);
  for (std::int64_t step : {0, 1, 1023, 1024, 1025, 2047, 2048, 3071, 3072, 3500}) {
    ASSERT_EQ(history.row(step).size(), 2u);
    EXPECT_EQ(history.row(step)[0], static_cast<double>(step));
    EXPECT_EQ(history.trail(step)[1], static_cast<double>(step) + 0.5);
  }
  const std::vector<double> column = history.column(1);
  ASSERT_EQ(column.size(), 3501u);
  for (std::size_t i = 0; i < column.size(); ++i) ASSERT_EQ(column[i], 10.0 * static_cast<double>(i));
}

TEST(History, TruncatesAtAndAroundChunkBoundariesAndGoesOn) {
  for (std::int64_t last : {-1, 0, 1022, 1023, 1024, 1025, 2047, 2048, 2999, 5000}) {
    History history;
    fill(history, 0, 2999);
    history.truncate(last);
    const std::int64_t kept = std::min<std::int64_t>(last, 2999) + 1;
    ASSERT_EQ(history.size(), kept);
    ASSERT_EQ(history.column(0).size(), static_cast<std::size_t>(kept));
    fill(history, kept, 3200, -1);
    for (std::int64_t step = 0; step <= 3200; ++step)
      ASSERT_EQ(history.row(step)[0], step < kept ? static_cast<double>(step) : -static_cast<double>(step));
  }
}

TEST(History, RecordingAStepAgainReplacesItAndForgetsTheLaterOnes) {
  History history;
  fill(history, 0, 2100);
  fill(history, 1024, 1024, -1);
  EXPECT_EQ(history.size(), 1025);
  EXPECT_EQ(history.row(1024)[0], -1024);
  EXPECT_EQ(history.row(1023)[0], 1023);
}

TEST(History, ACopyKeepsItsRowsWhateverHappensToTheOther) {
  History history;
  fill(history, 0, 1500);
  const History copy = history;
  fill(history, 1501, 1600);
  EXPECT_EQ(copy.size(), 1501);
  EXPECT_EQ(copy.column(0).size(), 1501u);
  History fork = copy;
  fill(fork, 1200, 1550, -1);
  EXPECT_EQ(fork.row(1300)[0], -1300);
  EXPECT_EQ(copy.row(1300)[0], 1300);
  EXPECT_EQ(history.row(1300)[0], 1300);
  history.truncate(3);
  EXPECT_EQ(copy.row(1500)[0], 1500);
  EXPECT_EQ(fork.row(1199)[0], 1199);
}

TEST(History, RowsMayChangeTheirWidthOnTheWay) {
  History history;
  fill(history, 0, 10);
  for (std::int64_t step = 11; step < 20; ++step) {
    const double row[] = {1, 2, 3}, trail[] = {7};
    history.record(step, row, trail);
  }
  EXPECT_EQ(history.row(10).size(), 2u);
  EXPECT_EQ(history.row(11).size(), 3u);
  EXPECT_EQ(history.trail(15).size(), 1u);
  const std::vector<double> third = history.column(2);
  EXPECT_TRUE(std::isnan(third[10]));
  EXPECT_EQ(third[11], 3);
}

// --- long runs ---

constexpr std::size_t kSmall = 1 << 16;  // bytes: of narrow rows the first few dozen steps are all kept

// A slow descent with noise, a spike and a dip that fall between the steps that are kept.
double noisy(std::int64_t step) {
  if (step == 70'001) return 1000;
  if (step == 80'003) return -1000;
  return 1.0 / (1.0 + static_cast<double>(step)) + 1e-3 * static_cast<double>(step * 7919 % 1009) / 1009;
}

void record(History& history, std::int64_t step, bool keep = false) {
  const double row[] = {noisy(step), -static_cast<double>(step)};
  const double trail[] = {static_cast<double>(step), noisy(step), 3};
  history.record(step, row, trail, keep);
}

TEST(History, MemoryStaysWithinItsBudgetHoweverLongTheRun) {
  History history(kSmall);
  std::size_t largest = 0;
  for (std::int64_t step = 0; step < 2'000'000; ++step) {
    record(history, step);
    if (step % 1000 == 0) largest = std::max(largest, history.bytes());
  }
  EXPECT_LE(largest, 2 * kSmall);
  EXPECT_EQ(history.size(), 2'000'000);
  EXPECT_GT(history.steps().size(), 100u);
}

TEST(History, ThinnedItKeepsTheFirstTheLastTheExtremesAndTheStepsOfEdits) {
  History history(kSmall);
  for (std::int64_t step = 0; step <= 100'000; ++step) record(history, step, step == 33'333);
  const std::vector<double> steps = history.steps(), loss = history.column(0);
  ASSERT_LT(steps.size(), 10'000u);
  EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
  EXPECT_EQ(steps.front(), 0);
  EXPECT_EQ(steps.back(), 100'000);
  EXPECT_EQ(std::count(steps.begin(), steps.end(), 33'333.0), 1);
  EXPECT_EQ(*std::max_element(loss.begin(), loss.end()), 1000);
  EXPECT_EQ(*std::min_element(loss.begin(), loss.end()), -1000);
  for (std::size_t i = 0; i < steps.size(); ++i)
    ASSERT_EQ(loss[i], noisy(static_cast<std::int64_t>(steps[i])));
  // Between two kept steps nothing lay outside of what they and the extremes beside them span.
  std::size_t at = 0;
  for (std::int64_t step = 0; step <= 100'000; ++step) {
    while (at + 1 < steps.size() && static_cast<double>(step) > steps[at + 1]) ++at;
    const std::size_t from = at > 20 ? at - 20 : 0, to = std::min(at + 21, steps.size());
    const auto [lo, hi] = std::minmax_element(loss.begin() + static_cast<std::ptrdiff_t>(from),
                                              loss.begin() + static_cast<std::ptrdiff_t>(to));
    ASSERT_TRUE(noisy(step) >= *lo && noisy(step) <= *hi) << step;
  }
  const auto trails = history.trails();
  EXPECT_EQ(trails.front().step, 0);
  EXPECT_EQ(trails.back().step, 100'000);
  EXPECT_EQ(history.trail(33'333)[0], 33'333);
}

// Going on after going back keeps what a run keeps that never was further.
TEST(History, WhatIsKeptDoesNotDependOnWhatCameAfterwards) {
  for (const std::int64_t back : {40, 999, 4096, 33'332, 33'333, 50'001, 70'001, 70'002, 99'999}) {
    History straight(kSmall), went(kSmall);
    for (std::int64_t step = 0; step <= 100'000; ++step) record(went, step, step == 33'333);
    went.truncate(back);
    ASSERT_LE(went.size(), back + 1);
    for (std::int64_t step = went.size(); step <= back; ++step) record(went, step);
    for (std::int64_t step = 0; step <= back; ++step) record(straight, step, step == 33'333);
    for (History* history : {&straight, &went}) {
      record(*history, back, true);
      for (std::int64_t step = back + 1; step <= back + 500; ++step) record(*history, step);
    }
    EXPECT_EQ(went.steps(), straight.steps()) << back;
    EXPECT_EQ(went.column(0), straight.column(0)) << back;
    const auto same = [](const Track::Row& x, const Track::Row& y) {
      return x.step == y.step && std::ranges::equal(x.numbers, y.numbers);
    };
    EXPECT_TRUE(std::ranges::equal(went.trails(), straight.trails(), same)) << back;
  }
}

TEST(History, AStepThatWasThinnedOutCanBeShownAmongTheOthers) {
  History history(kSmall);
  for (std::int64_t step = 0; step <= 10'000; ++step) record(history, step);
  ASSERT_FALSE(history.has(9'001));
  EXPECT_LT(history.row(9'001)[1], 0);
  const std::size_t before = history.steps().size();
  const double row[] = {5, 6}, trail[] = {7, 8, 9};
  History copy = history;
  copy.show(9'001, row, trail);
  EXPECT_EQ(copy.steps().size(), before + 1);
  EXPECT_EQ(copy.row(9'001)[0], 5);
  EXPECT_EQ(copy.trail(9'001)[0], 7);
  EXPECT_EQ(copy.size(), 10'001);
  EXPECT_EQ(history.steps().size(), before);
}

// A history that began later, joined to the one before, holds what one that was there from the start holds.
TEST(History, JoinedFromTwoIsThatOfOne) {
  constexpr std::size_t kSmall = 16 * 1024;  // dense for few steps
  const auto record = [](History& history, std::int64_t step, bool keep) {
    const double noise = std::sin(static_cast<double>(step * step % 7919));
    const double row[] = {noise, -noise * noise, static_cast<double>(step)}, trail[] = {noise};
    history.record(step, row, trail, keep);
  };
  for (const std::int64_t begin : {1, 5, 63, 64, 200, 777, 1000})
    for (const std::int64_t end : {0, 1, 2, 30, 64, 500, 3000}) {
      History whole(kSmall), first(kSmall), later(kSmall);
      const auto is_edit = [&](std::int64_t step) { return step > begin && (step - begin) % 333 == 0; };
      for (std::int64_t step = 0; step <= begin; ++step) record(first, step, false);
      const std::vector<double> row(first.row(begin).begin(), first.row(begin).end()),
          trail(first.trail(begin).begin(), first.trail(begin).end());
      later.begin_at(begin, row, trail);
      EXPECT_EQ(later.size(), begin + 1);
      EXPECT_TRUE(std::isnan(later.row(begin - 1)[0]));
      // What is not known is no row that could be drawn.
      EXPECT_EQ(later.first(), begin);
      EXPECT_FALSE(later.has(0));
      EXPECT_EQ(later.steps(), std::vector<double>{static_cast<double>(begin)});
      EXPECT_EQ(later.column(0), std::vector<double>{row[0]});
      ASSERT_EQ(later.trails().size(), 1u);
      EXPECT_EQ(later.trails()[0].step, begin);
      for (std::int64_t step = 0; step <= begin + end; ++step) record(whole, step, is_edit(step));
      for (std::int64_t step = begin + 1; step <= begin + end; ++step) record(later, step, is_edit(step));
      // What was thinned out right after the beginning is recorded again.
      const std::int64_t kept = std::max(begin, later.kept_after(begin));
      for (std::int64_t step = begin + 1; step <= kept; ++step) record(first, step, is_edit(step));
      first.append(later, kept);
      ASSERT_EQ(first.size(), whole.size()) << begin << " " << end;
      EXPECT_EQ(first.first(), 0);
      EXPECT_EQ(first.steps(), whole.steps()) << begin << " " << end;
      for (const std::size_t column : {0u, 1u, 2u}) EXPECT_EQ(first.column(column), whole.column(column));
      // And goes on as that one.
      for (std::int64_t step = begin + end + 1; step <= begin + end + 300; ++step)
        record(first, step, false), record(whole, step, false);
      EXPECT_EQ(first.steps(), whole.steps()) << begin << " " << end;
    }
}

}  // namespace
}  // namespace iem
