// Reads lessons. The grammar, line by line:
//
//   ---                      front matter, only at the very beginning: key: value lines up to the next ---
//   title: Two arrows        title, minutes, for, about, order
//   ---
//   # Heading                begins a page
//   ```iemlab                right after it: the moment, in TOML, up to ```
//   ? ask = "...", where = "prototype 2", then = 1      the question: a TOML inline table without its braces
//   ! words                  shown after the guess
//   > words                  the teacher's notes
//   = say: words             the task: its words,
//   = state: loss < 2.2      its condition,
//   = by: steps = 40, set = { "optimizer.method" = "em" }   and what makes it true
//   anything else            the page's words, in Markdown
//
// A marker is one of ? ! > = at the beginning of a line, followed by a blank or the end of the line. Within
// a fence of other code (``` or ~~~) lines are words, whatever they begin with.
#pragma once

#include <string>
#include <string_view>

#include "core/lesson/lesson.h"

namespace iem {

// `file` is named in errors and gives the lesson its id. Throws InputError at the first error,
// "FILE:LINE:COL: message", with columns counted in letters: a text over 1 MiB, more than 200 pages, bytes
// that are not UTF-8, characters that nobody sees, unknown keys, wrong types, values out of range. Whether
// scenes, keys and elements exist is found by check_lesson.h.
Lesson read_lesson(std::string_view text, const std::string& file);

// The path of a lesson, or the name of a built-in one (lessons.h).
Lesson load_lesson(const std::string& path_or_name);

}  // namespace iem
