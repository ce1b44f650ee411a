// When changes are written: soon after the last one, and never more than a few seconds after the first.
#include "app/gui/sessions/save_schedule.h"

#include <gtest/gtest.h>

#include <random>

#include "app/gui/sessions/when_words.h"

namespace iem::gui {
namespace {

TEST(SaveScheduleTest, WritesAtTheFirstQuietMoment) {
  SaveSchedule schedule;
  EXPECT_GT(schedule.due(), 1e300);
  schedule.changed(100);
  EXPECT_EQ(schedule.due(), 100 + SaveSchedule::kQuiet_s);
  schedule.changed(100.3);
  EXPECT_EQ(schedule.due(), 100.3 + SaveSchedule::kQuiet_s);
  schedule.done();
  EXPECT_GT(schedule.due(), 1e300);
}

TEST(SaveScheduleTest, NoStreamOfChangesPutsItOff) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> pause(0.001, 1);
  int written = 0;
  for (int session = 0; session < 200; ++session) {
    SaveSchedule schedule;
    const double first = pause(random);
    for (double now = first; schedule.due() > now; now += pause(random)) {
      schedule.changed(now);
      ASSERT_LE(schedule.due(), first + SaveSchedule::kMost_s);
    }
    ++written;
  }
  EXPECT_EQ(written, 200);
  EXPECT_LT(SaveSchedule::kMost_s, 5);
}

TEST(SaveScheduleTest, AfterAFailureItWaitsLonger) {
  SaveSchedule schedule;
  schedule.changed(10);
  schedule.failed(11);
  schedule.changed(12);
  EXPECT_EQ(schedule.due(), 11 + SaveSchedule::kAgain_s);
  schedule.done();
  schedule.changed(13);
  EXPECT_EQ(schedule.due(), 13 + SaveSchedule::kQuiet_s);
}

TEST(WhenWords, AreThoseOfAPerson) {
  std::tm noon{};
  noon.tm_year = 126, noon.tm_mon = 0, noon.tm_mday = 1, noon.tm_hour = 12, noon.tm_isdst = -1;
  const std::time_t now = std::mktime(&noon);
  EXPECT_EQ(when_words(now - 3600, now), "today 11:00");
  EXPECT_EQ(when_words(now - 13 * 3600, now), "yesterday 23:00");
  EXPECT_EQ(when_words(now - 36 * 3600, now), "yesterday 00:00");
  EXPECT_EQ(when_words(now - 37 * 3600, now), "30 Dec 2025");
  EXPECT_EQ(when_words(now + 40 * 3600, now), "3 Jan 04:00");
}

}  // namespace
}  // namespace iem::gui
