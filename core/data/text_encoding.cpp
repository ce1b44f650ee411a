#include "core/data/text_encoding.h"

#include <array>
#include <cstdint>

#include "core/base/error.h"

namespace iem {
namespace {

void append_utf8(char32_t c, std::string& out) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    tail(12), tail(6), tail(0);
  }
}

bool is_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xE000; }
bool is_first_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }

// Bytes 0x80 to 0x9F of code page 1252; 0: no character.
constexpr std::array<char16_t, 32> kWindows = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

}  // namespace

bool is_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

std::string utf8_from_utf16(std::string_view bytes, const std::string& file) {
  const bool little = bytes.starts_with("\xFF\xFE");
  const auto unit_at = [&](std::size_t at) -> char32_t {
    const auto a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    return little ? static_cast<char32_t>(a | b << 8) : static_cast<char32_t>(a << 8 | b);
  };
  const auto broken = [&](std::size_t at) {
    return InputError("broken UTF-16 text at byte " + std::to_string(at + 1) + ": save the table as UTF-8",
                      {file});
  };
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t at = 2; at < bytes.size(); at += 2) {
    if (at + 1 == bytes.size()) throw broken(at);
    char32_t c = unit_at(at);
    if (is_surrogate(c)) {
      const char32_t second = is_first_surrogate(c) && at + 3 < bytes.size() ? unit_at(at + 2) : 0;
      if (!is_surrogate(second) || is_first_surrogate(second)) throw broken(at);
      c = 0x10000 + ((c - 0xD800) << 10) + (second - 0xDC00);
      at += 2;
    }
    append_utf8(c, out);
  }
  return out;
}

std::optional<std::string> utf8_from_latin1(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    char32_t c = static_cast<unsigned char>(byte);
    if (c >= 0x80 && c < 0xA0) c = kWindows[c - 0x80];
    if (c == 0) return std::nullopt;
    append_utf8(c, out);
  }
  return out;
}

}  // namespace iem
