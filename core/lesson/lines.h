// The lines of a lesson's text, after a look at its bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace iem {

// Lines without their ends, LF or CR LF; a byte order mark is left out. They are views of `text`. Throws
// InputError for more than 1 MiB, bytes that are not UTF-8 and characters that nobody sees, tabs excepted.
std::vector<std::string_view> lines_of_lesson(std::string_view text, const std::string& file);

// How many letters `utf8` has.
int letters(std::string_view utf8);

std::string_view without_blanks_around(std::string_view text);

// A line that opens a fence of code: its sign, how often it is repeated, and what follows it.
struct Fence {
  char sign = 0;  // 0: the line opens none
  std::size_t count = 0;
  std::string_view info;
  bool is_closed_by(std::string_view line) const;
};
Fence fence_of(std::string_view line);

}  // namespace iem
