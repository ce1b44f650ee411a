// Bytes as letters (RFC 4648): as data in a file, and as text that may stand in an address or a mail.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace iem {

// A-Z a-z 0-9 + /, filled up with = to a multiple of four.
std::string to_base64(std::string_view bytes);

// A-Z a-z 0-9 - _, not filled up.
inline constexpr std::string_view kBase64UrlLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
std::string to_base64url(std::string_view bytes);
// White space is ignored; returns nothing when the text contains any other character.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace iem
