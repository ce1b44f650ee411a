// The words of a lesson as Markdown: which of them are words, which are code and which are formulas, the
// numbers in them and the links.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expression/evaluator.h"
#include "core/lesson/lesson.h"

namespace iem {

// One part of a Markdown text; all of them in order are the text.
struct TextPart {
  enum class Kind : std::uint8_t { words, code, formula };
  Kind kind = Kind::words;
  std::string_view text;   // with its signs: `x`, $x$, $$x$$, or a whole fence
  std::size_t offset = 0;  // in the text
};
// Code stands between as many backticks as it began with, or in a fence. A formula stands between two $ or
// two
// $$ within one paragraph; behind the first $ there is no blank. \$ is a dollar.
std::vector<TextPart> parts_of_text(std::string_view markdown);

// A group in braces that stands for a number: {loss} in words, {= loss} in words and formulas, where other
// braces are TeX. In code there are none.
struct TextNumber {
  std::string_view text;   // braces included
  std::size_t offset = 0;  // in the whole text
  bool in_formula = false;
};
std::vector<TextNumber> numbers_of_text(std::string_view markdown);

// The text with the values of its numbers, written as core/expression/words.h writes them, in formulas as
// TeX. A number that has no value stays as it is written.
std::string filled_markdown(std::string_view markdown, Evaluator& evaluator);
// The text with a placeholder for each number.
std::string awaited_markdown(std::string_view markdown);

// Its displayed formulas alone, each a paragraph.
std::string displayed_formulas(std::string_view markdown);

// A link [words](key:model.temperature): its kind "key" and what it names.
struct LessonLink {
  std::string kind, name;  // of the kinds key, prototype, point, figure, formula, scene
  std::size_t offset = 0;  // of its target in the text
};
std::vector<LessonLink> links_of_text(std::string_view markdown);
// The link of a target such as "key:model.temperature"; nothing for a kind that lessons do not have.
std::optional<LessonLink> lesson_link(std::string_view target);

// The targets of all links in a text that are of no kind that lessons have, such as https://..., and
// pictures.
std::vector<LessonLink> other_links_of_text(std::string_view markdown);

}  // namespace iem
