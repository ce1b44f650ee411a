// All output of the command line goes through these functions, so that text from a file cannot move the
// cursor, colour the screen, rename the window or break a line (core/base/text.h).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace iem::cli {

// One line on standard output, and several.
void print_line(std::string_view line);
void print_lines(std::string_view lines);
// JSON on standard output: one object a line, or indented. ASCII only, and never an exception.
void print_json_text(const nlohmann::ordered_json& json, bool indented);
// One line on standard error, after what was printed before. Like a compiler's when it names a place in a
// file, so that editors can jump there; else it begins with the program's name.
void say_error(std::string_view message, bool names_place = false);
// A note of one line on standard error where nothing is wrong; the same words are printed only once.
void say_note(std::string_view message);
}  // namespace iem::cli
