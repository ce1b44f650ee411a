#include "core/lesson/text_parts.h"

#include <algorithm>
#include <array>

#include "core/expression/words.h"
#include "core/lesson/lines.h"

namespace iem {
namespace {

constexpr std::array<std::string_view, 6> kLinkKinds = {"key",    "prototype", "point",
                                                        "figure", "formula",   "scene"};

// The length of the fence of code that begins at `at`, which is the beginning of a line; 0: there is none.
std::size_t length_of_fence(std::string_view text, std::size_t at) {
  const auto line_at = [&](std::size_t from) { return text.substr(from, text.find('\n', from) - from); };
  const Fence fence = fence_of(line_at(at));
  if (fence.sign == 0) return 0;
  for (std::size_t next = text.find('\n', at); next != std::string_view::npos; next = text.find('\n', next)) {
    ++next;
    if (fence.is_closed_by(line_at(next))) return next + line_at(next).size() - at;
  }
  return text.size() - at;
}

std::size_t run_length(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(text[at], at), text.size()) - at;
}

// The length of code or of a formula that begins at `at` with `count` signs and ends with as many; 0: none
// does.
std::size_t length_between(std::string_view text, std::size_t at, std::size_t count) {
  const char sign = text[at];
  const std::size_t paragraph = text.find("\n\n", at);
  std::size_t next = at + count;
  while ((next = text.find(sign, next)) < std::min(paragraph, text.size())) {
    if (sign == '$' && text[next - 1] == '\\') {
      ++next;
      continue;
    }
    const std::size_t signs = run_length(text, next);
    if (signs == count) return next + count - at;
    next += signs;
  }
  return 0;
}

std::size_t length_of_formula(std::string_view text, std::size_t at) {
  const std::size_t count = run_length(text, at);
  if (count > 2 || at + count >= text.size()) return 0;
  if (count == 1 && (text[at + 1] == ' ' || text[at + 1] == '\n')) return 0;
  return length_between(text, at, count);
}

// A number of words as a formula has it: "2 × 10^−6" is "2 \times 10^{-6}".
std::string as_tex(std::string text) {
  const auto replace = [&](std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
  };
  replace("\u2212", "-");
  replace("\u00D7", "\\times");
  replace("\u221E", "\\infty");
  replace("\u2026", "\\ldots");
  replace("\u2013", "\\text{--}");
  for (std::size_t at = 0; (at = text.find("10^", at)) != std::string::npos;) {
    const std::size_t begin = at + 3;
    std::size_t end = begin + (begin < text.size() && text[begin] == '-' ? 1 : 0);
    end = std::min(text.find_first_not_of("0123456789", end), text.size());
    text.insert(end, "}");
    text.insert(begin, "{");
    at = end + 2;
  }
  return text;
}

// The text with `write(number)` in place of each number.
template <class Write>
std::string with_numbers(std::string_view markdown, const Write& write) {
  std::string out;
  std::size_t done = 0;
  for (const TextNumber& number : numbers_of_text(markdown)) {
    out += markdown.substr(done, number.offset - done);
    out += write(number);
    done = number.offset + number.text.size();
  }
  return out.append(markdown.substr(done));
}

// Where the target of a link ends in which `at` stands; `at` where it stands in none.
std::size_t end_of_target(std::string_view text, std::size_t at) {
  const std::size_t begin = text.rfind("](", at);
  if (begin == std::string_view::npos) return at;
  const std::size_t end = text.find_first_of(")\n", begin);
  return end == std::string_view::npos || end < at ? at : end;
}

void find_numbers(const TextPart& part, std::vector<TextNumber>& out) {
  const bool formula = part.kind == TextPart::Kind::formula;
  const std::string_view begins = formula ? "{=" : "{";
  for (std::size_t at = 0; (at = part.text.find(begins, at)) != std::string_view::npos;) {
    if (const std::size_t behind = formula ? at : end_of_target(part.text, at); behind > at) {
      at = behind;
      continue;
    }
    const std::size_t close = part.text.find('}', at);
    if (close == std::string_view::npos) return;
    // {=} is TeX for a sign without the distances of a relation.
    if (!formula || close > at + 2)
      out.push_back({part.text.substr(at, close + 1 - at), part.offset + at, formula});
    at = close + 1;
  }
}

// Calls `found(target, offset)` for every [words](target).
template <class Found>
void each_link(std::string_view markdown, const Found& found) {
  for (const TextPart& part : parts_of_text(markdown)) {
    // The words of a link may hold a formula: then its target is in the part behind that.
    if (part.kind != TextPart::Kind::words) continue;
    for (std::size_t at = 0; (at = part.text.find("](", at)) != std::string_view::npos; ++at) {
      const std::size_t begin = at + 2, close = part.text.find_first_of(")\n", begin);
      if (close == std::string_view::npos || part.text[close] == '\n') continue;
      const std::string_view inside = part.text.substr(begin, close - begin);
      found(inside.substr(0, inside.find(" \"")), part.offset + begin);
    }
  }
}

}  // namespace

std::vector<TextPart> parts_of_text(std::string_view markdown) {
  std::vector<TextPart> out;
  std::size_t words = 0;  // where the present words begin
  const auto take = [&](TextPart::Kind kind, std::size_t at, std::size_t length) {
    if (at > words) out.push_back({TextPart::Kind::words, markdown.substr(words, at - words), words});
    if (length > 0) out.push_back({kind, markdown.substr(at, length), at});
    words = at + length;
    return words;
  };
  for (std::size_t at = 0; at < markdown.size();) {
    const char c = markdown[at];
    if (at == 0 || markdown[at - 1] == '\n')
      if (const std::size_t length = length_of_fence(markdown, at); length > 0) {
        at = take(TextPart::Kind::code, at, length);
        continue;
      }
    if (c == '\\') {
      at += 2;
    } else if (c == '`' || c == '$') {
      const std::size_t count = run_length(markdown, at);
      const std::size_t length =
          c == '`' ? length_between(markdown, at, count) : length_of_formula(markdown, at);
      if (length == 0)
        at += count;
      else
        at = take(c == '`' ? TextPart::Kind::code : TextPart::Kind::formula, at, length);
    } else {
      ++at;
    }
  }
  take(TextPart::Kind::words, markdown.size(), 0);
  return out;
}

std::vector<TextNumber> numbers_of_text(std::string_view markdown) {
  std::vector<TextNumber> out;
  for (const TextPart& part : parts_of_text(markdown))
    if (part.kind != TextPart::Kind::code) find_numbers(part, out);
  return out;
}

std::string filled_markdown(std::string_view markdown, Evaluator& evaluator) {
  return with_numbers(markdown, [&](const TextNumber& number) {
    std::string text = filled(number.text, evaluator);
    return number.in_formula && text != number.text ? as_tex(std::move(text)) : text;
  });
}

std::string awaited_markdown(std::string_view markdown) {
  return with_numbers(markdown, [](const TextNumber& number) {
    const std::string text = awaited(number.text);
    return number.in_formula ? as_tex(text) : text;
  });
}

std::string displayed_formulas(std::string_view markdown) {
  std::string out;
  for (const TextPart& part : parts_of_text(markdown))
    if (part.kind == TextPart::Kind::formula && part.text.starts_with("$$"))
      out += (out.empty() ? "" : "\n\n") + std::string(part.text);
  return out;
}

std::optional<LessonLink> lesson_link(std::string_view target) {
  const std::size_t colon = target.find(':');
  if (colon == std::string_view::npos ||
      std::ranges::find(kLinkKinds, target.substr(0, colon)) == kLinkKinds.end())
    return std::nullopt;
  return LessonLink{std::string(target.substr(0, colon)), std::string(target.substr(colon + 1)), 0};
}

std::vector<LessonLink> links_of_text(std::string_view markdown) {
  std::vector<LessonLink> out;
  each_link(markdown, [&](std::string_view target, std::size_t offset) {
    if (auto link = lesson_link(target)) {
      link->offset = offset;
      out.push_back(std::move(*link));
    }
  });
  return out;
}

std::vector<LessonLink> other_links_of_text(std::string_view markdown) {
  std::vector<LessonLink> out;
  each_link(markdown, [&](std::string_view target, std::size_t offset) {
    if (!lesson_link(target)) out.push_back({"", std::string(target), offset});
  });
  return out;
}

}  // namespace iem
