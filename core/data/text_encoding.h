// Tables whose text is not UTF-8: UTF-16, as spreadsheets write "Unicode text", and the words of Latin-1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace iem {

// Whether the bytes begin with the byte order mark of UTF-16, in either order.
bool is_utf16(std::string_view bytes);

// The same text in UTF-8, without its mark. Throws InputError at `file` where it is cut off or a surrogate
// stands alone.
std::string utf8_from_utf16(std::string_view bytes, const std::string& file);

// A word in Latin-1, as Windows extends it (code page 1252: the euro sign and typographic quotes in place of
// control characters), in UTF-8. Nothing where a byte means no character in it.
std::optional<std::string> utf8_from_latin1(std::string_view bytes);

// The note that is given once for a table with such words.
inline constexpr const char* kLatin1Note = "words that are not UTF-8 are read as Latin-1 (Windows-1252)";

}  // namespace iem
