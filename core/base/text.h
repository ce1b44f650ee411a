// Makes text safe to put out as words, whatever it contains: the title of a scene, the name of a column or a
// path may come from a stranger. There is one function for each kind of destination; those for file formats
// are in app/export/escape.h.
#pragma once

#include <string>
#include <string_view>

namespace iem {

// For people: one line of well-formed UTF-8. Line ends and tabs become spaces; stray bytes and characters
// that are not visible (utf8.h) become U+FFFD, so that the reader sees that something stood there.
std::string one_line(std::string_view text);

// For a terminal: one line that cannot move the cursor, change colours, rename the window or turn the reading
// direction. Line ends and tabs become spaces; other bytes and characters that are not visible are written as
// \x1b, \u{202e}.
std::string terminal_text(std::string_view text);

// For a comment or docstring in Python, C++ or LaTeX: at most 200 bytes on one line, with nothing in them
// that could end the comment. Quotation marks and backslashes are replaced, and so are two question marks in
// a row, with which a trigraph of older C++ begins.
std::string comment_text(std::string_view text);

// For the name of a file without its extension: at most 100 bytes that cannot lead into another folder nor
// make a hidden file.
std::string file_stem(std::string_view text);

}  // namespace iem
