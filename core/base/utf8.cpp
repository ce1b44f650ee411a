#include "core/base/utf8.h"

namespace iem {
namespace {

// Length of the well-formed sequence at the front of `text`, 0 if there is none (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](std::size_t i, unsigned lo = 0x80, unsigned hi = 0xBF) {
    return i < text.size() && byte(i) >= lo && byte(i) <= hi;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned lo = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned hi = first == 0xED ? 0x9F : 0xBF;
    return continues(1, lo, hi) && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned lo = first == 0xF0 ? 0x90 : 0x80;
    const unsigned hi = first == 0xF4 ? 0x8F : 0xBF;
    return continues(1, lo, hi) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t invalid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t length = sequence_length(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return text.size();
}

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const std::size_t length = sequence_length(text.substr(at));
  if (length == 0) return {};
  const auto first = static_cast<unsigned char>(text[at]);
  char32_t value = length == 1 ? first : first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i)
    value = value << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  return {value, length};
}

bool is_visible(char32_t c) {
  const auto within = [c](char32_t lo, char32_t hi) { return c >= lo && c <= hi; };
  if (c > 0x10FFFF || c < 0x20 || within(0x7F, 0x9F)) return false;
  const bool turns =
      c == 0x061C || within(0x200E, 0x200F) || within(0x202A, 0x202E) || within(0x2066, 0x2069);
  const bool separates = c == 0x2028 || c == 0x2029;
  const bool hides = c == 0x200B || within(0x2060, 0x2065) || within(0x206A, 0x206F) || c == 0xFEFF ||
                     within(0xFFF9, 0xFFFB) || within(0xE0000, 0xE007F);
  const bool is_none = within(0xFDD0, 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
  return !turns && !separates && !hides && !is_none;
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    if (out.size() + point.length > limit) return out + "...";
    out += is_visible(point.value) ? text.substr(i, point.length) : "?";
    i += point.length;
  }
  return out;
}

}  // namespace iem
