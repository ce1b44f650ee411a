#include "core/lesson/lesson.h"

#include <algorithm>

#include "core/lesson/lines.h"

namespace iem {

SourcePosition LessonText::place(std::size_t offset) const {
  if (lines.empty()) return {};
  const std::string_view before = std::string_view(markdown).substr(0, offset);
  const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n'));
  SourcePosition out = lines[std::min(line, lines.size() - 1)];
  out.column += letters(before.substr(before.rfind('\n') + 1));  // npos + 1 is 0
  return out;
}

std::string words_of(const Question& question) {
  if (!question.ask.empty()) return question.ask;
  if (question.kind == Question::Kind::where) return "Where will " + question.subject.name + " go?";
  return "Sketch " + question.subject.name + ".";
}

}  // namespace iem
