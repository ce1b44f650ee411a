// How a link names a page of a built-in lesson: "lesson/two_arrows/3" is its third page, "lesson/two_arrows"
// is where its reader left it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/lesson/lesson.h"

namespace iem::gui {

struct LessonAddress {
  const Lesson* lesson = nullptr;   // of the program; null: the program has no such lesson
  std::optional<std::size_t> page;  // counted from 0
};

// Nothing where the text names no lesson: a scene, a state string. A page that the lesson has not is none.
std::optional<LessonAddress> lesson_address(std::string_view text);

std::string address_of(const Lesson& lesson, std::size_t page);

}  // namespace iem::gui
