// The parts of a lesson that are TOML: moments, questions, and what makes a task true.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/lesson.h"

namespace iem {

// The text of a fence whose first line is line `first` of the file. `at` is the fence's own place.
Moment read_moment(std::string_view toml, int first, const SourcePosition& at);

// What stands on a marker line behind its marker, which is at `at`: the keys of an inline table. A comment
// may follow.
Question read_question(std::string_view keys, const SourcePosition& at);

// steps and set of `= by:`.
void read_by(std::string_view keys, const SourcePosition& at, LessonTask& task);

}  // namespace iem
