// A lesson as lines of text, with its numbers filled in.
#pragma once

#include <string>

#include "core/lesson/play_lesson.h"

namespace iem::cli {

// Its title, and for whom it is and how long.
std::string lesson_head(const Lesson& lesson);
// A page: its words, what it asks and answers, its task, and the teacher's notes if wanted.
std::string page_text(const Lesson& lesson, const PageState& state, bool notes);

}  // namespace iem::cli
