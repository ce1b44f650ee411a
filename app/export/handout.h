// A lesson on paper: of every page its words, the figure at its moment, the question with space for an
// answer, and with the key what is shown after the guess and the teacher's notes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/lesson/play_lesson.h"

namespace iem {

enum class Paper : std::uint8_t { a4, letter };
Paper paper_from_name(std::string_view name);  // a4 | letter; InputError otherwise

// The PDF. Plays every page; throws what play_page does.
std::string handout_as_pdf(const Lesson& lesson, Paper paper, bool with_key,
                           const std::shared_ptr<ThreadPool>& pool, const LessonStopped& stopped = nullptr);

}  // namespace iem
