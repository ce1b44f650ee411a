#include "core/run/history.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace iem
