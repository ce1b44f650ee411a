// The built-in lessons: assets/lessons/*.md, inside the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/lesson.h"

namespace iem {

// In the order they are offered: by `order` of their front matter, then by name. Read once.
const std::vector<Lesson>& lessons();

// Their ids, in the same order.
std::vector<std::string> lesson_names();

// Null when there is none of this id.
const Lesson* find_lesson(std::string_view id);

}  // namespace iem
