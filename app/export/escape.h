// Escapes text of any content for a file format (core/base/text.h does so for comments and terminals).
#pragma once

#include <string>
#include <string_view>

namespace iem {

// XML text and attribute values, in any quotes. Line feeds and tabs stay; what XML cannot hold, stray bytes
// and characters that are not visible become U+FFFD or a space.
std::string xml_escaped(std::string_view text);

// LaTeX text in one line, for an argument in braces or after one: nothing in it is a command, mathematics, a
// comment or a parameter. Greek letters and signs that text fonts lack become mathematics of ours.
std::string tex_escaped(std::string_view text);

// A field of a csv table (RFC 4180).
std::string csv_field(const std::string& text);

}  // namespace iem
