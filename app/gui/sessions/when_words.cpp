#include "app/gui/sessions/when_words.h"

#include <array>
#include <cstdio>

#include "app/gui/look/text.h"

namespace iem::gui {
namespace {

std::tm local(std::time_t time) {
  std::tm out{};
  localtime_r(&time, &out);
  return out;
}

bool is_same_day(const std::tm& a, const std::tm& b) {
  return a.tm_year == b.tm_year && a.tm_yday == b.tm_yday;
}

// Noon of the day before: no change of the clocks moves it to another day.
std::tm day_before(std::tm day) {
  --day.tm_mday;
  day.tm_hour = 12;
  day.tm_isdst = -1;
  return local(std::mktime(&day));
}

}  // namespace

std::string when_words(std::time_t when, std::time_t now) {
  const std::tm then = local(when), today = local(now);
  std::array<char, 16> clock{};
  std::snprintf(clock.data(), clock.size(), "%02d:%02d", then.tm_hour, then.tm_min);
  if (is_same_day(then, today)) return std::string(text::kToday) + " " + clock.data();
  if (is_same_day(then, day_before(today))) return std::string(text::kYesterday) + " " + clock.data();
  const std::string day =
      std::to_string(then.tm_mday) + " " + std::string(text::kMonths[static_cast<std::size_t>(then.tm_mon)]);
  return day + " " + (then.tm_year == today.tm_year ? clock.data() : std::to_string(1900 + then.tm_year));
}

}  // namespace iem::gui
