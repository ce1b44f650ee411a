#include "core/base/text.h"

#include <cstdio>

#include "core/base/utf8.h"

namespace iem {
namespace {

bool is_space(char32_t c) { return (c >= '\t' && c <= '\r') || c == 0x2028 || c == 0x2029; }

// The text with its spaces plain and every character that is not visible replaced by what `hidden` makes of
// it and its bytes.
template <class Hidden>
std::string shown(std::string_view text, Hidden hidden) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    const std::string_view bytes = text.substr(i, point.length);
    if (is_space(point.value)) {
      out += ' ';
    } else if (is_visible(point.value)) {
      out += bytes;
    } else {
      out += hidden(point.value, bytes);
    }
    i += point.length;
  }
  return out;
}

std::string numbered(char32_t character, std::string_view bytes) {
  char out[16];
  if (character == CodePoint::kNone || character < 0x80) {
    std::snprintf(out, sizeof out, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(bytes[0])));
  } else {
    std::snprintf(out, sizeof out, "\\u{%x}", static_cast<unsigned>(character));
  }
  return out;
}

}  // namespace

std::string one_line(std::string_view text) {
  return shown(text, [](char32_t, std::string_view) { return "\uFFFD"; });
}

std::string terminal_text(std::string_view text) { return shown(text, numbered); }

std::string comment_text(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  const std::string line = shown(text, [](char32_t, std::string_view) { return "_"; });
  std::string out;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t length = code_point_at(line, i).length;
    if (i + length > kLongest) return out + "...";
    const char c = line[i];
    if (c == '?' && out.ends_with('?')) out += ' ';
    out += c == '\\' ? "/" : c == '"' ? "'" : line.substr(i, length);
    i += length;
  }
  return out;
}

std::string file_stem(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  const std::string line = shown(text, [](char32_t, std::string_view) { return "_"; });
  std::string out;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t length = code_point_at(line, i).length;
    if (i + length > kLongest) break;
    const bool leads = line[i] == '/' || line[i] == '\\' || (i == 0 && (line[i] == '.' || line[i] == '-'));
    out += leads ? "_" : line.substr(i, length);
    i += length;
  }
  return out;
}

}  // namespace iem
