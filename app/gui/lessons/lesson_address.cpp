#include "app/gui/lessons/lesson_address.h"

#include <charconv>

#include "core/lesson/lessons.h"

namespace iem::gui {
namespace {

constexpr std::string_view kBegin = "lesson/";

}  // namespace

std::optional<LessonAddress> lesson_address(std::string_view text) {
  if (!text.starts_with(kBegin) || text.find('.') != text.npos) return {};  // a file has an ending
  text.remove_prefix(kBegin.size());
  const std::size_t slash = text.find('/');
  LessonAddress address{.lesson = find_lesson(text.substr(0, slash))};
  if (address.lesson == nullptr || slash == text.npos) return address;
  std::size_t page = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + slash + 1, end, page);
  if (read.ec == std::errc() && read.ptr == end && page >= 1 && page <= address.lesson->pages.size())
    address.page = page - 1;
  return address;
}

std::string address_of(const Lesson& lesson, std::size_t page) {
  return std::string(kBegin) + lesson.id + "/" + std::to_string(page + 1);
}

}  // namespace iem::gui
