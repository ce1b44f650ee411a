#include "core/lesson/lines.h"

#include <algorithm>
#include <cstdio>

#include "core/base/utf8.h"

namespace iem {
namespace {

constexpr std::size_t kLargestLesson = std::size_t{1} << 20;
constexpr std::string_view kBlanks = " \t";

SourcePosition place_of_byte(std::string_view text, std::size_t offset, const std::string& file) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {file, static_cast<int>(1 + std::ranges::count(before, '\n')), letters(before.substr(begin)) + 1};
}

void refuse_unseen(std::string_view text, const std::string& file) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    const bool ends_line = text[at] == '\n' || text.substr(at, 2) == "\r\n";
    if (!ends_line && text[at] != '\t' && !is_visible(point.value)) {
      char name[16];
      std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(point.value));
      throw InputError(std::string("a character that nobody sees: ") + name, place_of_byte(text, at, file));
    }
    at += point.length;
  }
}

}  // namespace

int letters(std::string_view utf8) {
  return static_cast<int>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view without_blanks_around(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<std::string_view> lines_of_lesson(std::string_view text, const std::string& file) {
  if (text.size() > kLargestLesson) throw InputError("more than 1 MiB: too large for a lesson", {file});
  if (text.starts_with(kUtf8Bom)) text.remove_prefix(kUtf8Bom.size());
  if (const std::size_t bad = invalid_utf8(text); bad < text.size())
    throw InputError("not UTF-8 text", place_of_byte(text, bad, file));
  refuse_unseen(text, file);
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

Fence fence_of(std::string_view line) {
  constexpr std::size_t kMostIndent = 3, kFewest = 3;
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  if (indent > kMostIndent) return {};
  line.remove_prefix(indent);
  if (line.empty() || (line[0] != '`' && line[0] != '~')) return {};
  const std::size_t count = std::min(line.find_first_not_of(line[0]), line.size());
  const std::string_view info = without_blanks_around(line.substr(count));
  // Behind backticks, another one makes the line code within words: ```x```.
  if (count < kFewest || (line[0] == '`' && info.find('`') != std::string_view::npos)) return {};
  return {line[0], count, info};
}

bool Fence::is_closed_by(std::string_view line) const {
  const Fence other = fence_of(line);
  return other.sign == sign && other.count >= count && other.info.empty();
}

}  // namespace iem
