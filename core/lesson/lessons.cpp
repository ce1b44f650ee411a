#include "core/lesson/lessons.h"

#include <algorithm>
#include <tuple>

#include "core/base/embedded.h"
#include "core/lesson/read_lesson.h"

namespace iem {

const std::vector<Lesson>& lessons() {
  static const std::vector<Lesson> all = [] {
    std::vector<Lesson> out;
    for (const std::string_view file : embedded_names("lessons/"))
      if (file.ends_with(".md")) out.push_back(read_lesson(embedded_text(file), std::string(file)));
    std::ranges::sort(out, {}, [](const Lesson& lesson) { return std::tie(lesson.order, lesson.id); });
    return out;
  }();
  return all;
}

std::vector<std::string> lesson_names() {
  std::vector<std::string> out;
  for (const Lesson& lesson : lessons()) out.push_back(lesson.id);
  return out;
}

const Lesson* find_lesson(std::string_view id) {
  const auto found = std::ranges::find(lessons(), id, &Lesson::id);
  return found == lessons().end() ? nullptr : &*found;
}

}  // namespace iem
