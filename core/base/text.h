// Text that leaves the program as words, whatever is in it: the title of a scene, the name of a column, a
// path may come from a stranger. One function for each place it may land; those of file formats are in
// app/export/escape.h.
#pragma once

#include <string>
#include <string_view>

namespace iem {

// For people: one line of well-formed UTF-8. Line ends and tabs become spaces; stray bytes and characters
// that are not visible (utf8.h) become U+FFFD, so that one sees that there was something.
std::string one_line(std::string_view text);

// For a terminal: one line that cannot move the cursor, colour, rename the window or turn the reading
// direction. Line ends and tabs become spaces; other bytes and characters that are not visible are written as
// \x1b, \u{202e}.
std::string terminal_text(std::string_view text);

// For a comment, a docstring included, in Python, C++ and LaTeX: at most 200 bytes of one line that nothing
// can end. No quotation mark, no backslash, and no two question marks in a row, which old C++ reads as one.
std::string comment_text(std::string_view text);

// For the name of a file, without its extension: at most 100 bytes that lead into no other folder and hide
// nothing.
std::string file_stem(std::string_view text);

}  // namespace iem
