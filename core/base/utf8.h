// Whether a text is UTF-8. Everything that is shown or parsed as text is checked here when it enters the
// program; what is replaced when it leaves the program is in text.h.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace iem {

// Offset of the first byte that does not belong to well-formed UTF-8 (overlong forms, surrogates and numbers
// past U+10FFFF are not); text.size() if there is none.
std::size_t invalid_utf8(std::string_view text);

struct CodePoint {
  static constexpr char32_t kNone = 0xFFFFFFFF;
  char32_t value = kNone;  // kNone for a byte that begins no well-formed sequence
  std::size_t length = 1;  // bytes
};
CodePoint code_point_at(std::string_view text, std::size_t at);

// Whether a reader sees the character. These are not visible: control characters (C0, DEL, C1), line and
// paragraph separators, marks that turn the reading direction, invisible format characters, code points that
// are no characters, and kNone. Joiners count as visible: scripts and emoji are written with them.
bool is_visible(char32_t character);

inline constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

// What an error message may quote: at most `limit` bytes, stray bytes and what is not visible replaced by
// '?'.
std::string printable(std::string_view text, std::size_t limit = 48);

}  // namespace iem
