// Is a text UTF-8? Everything that is shown or parsed as text passes here when it enters the program.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace iem {

// Offset of the first byte that does not belong to well-formed UTF-8 (overlong forms, surrogates and numbers
// past U+10FFFF are not); text.size() if there is none.
std::size_t invalid_utf8(std::string_view text);

inline constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

// What an error message may quote: at most `limit` bytes, control characters and stray bytes replaced by '?'.
std::string printable(std::string_view text, std::size_t limit = 48);

}  // namespace iem
