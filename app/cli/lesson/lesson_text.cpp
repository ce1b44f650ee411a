#include "app/cli/lesson/lesson_text.h"

#include "core/base/number.h"
#include "core/base/power_of_ten.h"
#include "core/lesson/text_parts.h"

namespace iem::cli {
namespace {

// The text with its numbers, as a terminal shows them: powers of ten in words are "1.3e-6".
std::string for_terminal(const std::string& markdown, const Run& run) {
  Evaluator evaluator(run);
  const std::string text = filled_markdown(markdown, evaluator);
  std::string out;
  for (const TextPart& part : parts_of_text(text))
    out += part.kind == TextPart::Kind::words ? without_powers(part.text) : std::string(part.text);
  return out;
}

std::string indented(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    out += (line.empty() ? "" : "  " + line) + "\n";
    at = end + 1;
  }
  return out;
}

std::string section(const std::string& name, const std::string& text) {
  return text.empty() ? "" : "\n" + name + "\n" + indented(text);
}

std::string asked(const Question& question, const PageState& state) {
  std::string out = for_terminal(words_of(question), state.run);
  for (const std::string& choice : question.choices) out += "\n- " + for_terminal(choice, state.run);
  return out;
}

std::string place_text(double x, double y) {
  return "(" + without_powers(shown_number(x)) + ", " + without_powers(shown_number(y)) + ")";
}

std::string answered(const Question& question, const PageState& state) {
  const Truth truth = truth_of(question, state);
  switch (question.kind) {
    case Question::Kind::where:
      return "From " + place_text(truth.from_x, truth.from_y) + " to " + place_text(truth.x, truth.y) + ".";
    case Question::Kind::number: return without_powers(shown_number(truth.number));
    case Question::Kind::choice: return question.choices[truth.choice];
    case Question::Kind::sketch: break;
  }
  return "A curve from " + place_text(truth.curve_x.front(), truth.curve_y.front()) + " to " +
         place_text(truth.curve_x.back(), truth.curve_y.back()) + ".";
}

}  // namespace

std::string lesson_head(const Lesson& lesson) {
  std::string out = lesson.title + "\n";
  if (lesson.minutes > 0) out += std::to_string(lesson.minutes) + " minutes";
  if (!lesson.audience.empty()) out += (lesson.minutes > 0 ? ", for " : "For ") + lesson.audience;
  if (lesson.minutes > 0 || !lesson.audience.empty()) out += "\n";
  return lesson.about.empty() ? out : out + lesson.about + "\n";
}

std::string page_text(const Lesson& lesson, const PageState& state, bool notes) {
  const LessonPage& page = lesson.pages[state.page];
  std::string out = std::to_string(state.page + 1) + ". " + page.heading + "\n";
  if (!page.body.empty()) out += "\n" + indented(for_terminal(page.body.markdown, state.run));
  if (page.question) {
    out += section("Question", asked(*page.question, state));
    out += section("Answer", answered(*page.question, state));
    out += section("After the guess", for_terminal(page.reveal.markdown, state.revealed));
  }
  if (page.task) {
    const std::string& say = page.task->say;
    out += section("Task", (say.empty() ? "" : for_terminal(say, state.revealed) + "\n") + page.task->state);
  }
  if (notes) out += section("Notes", for_terminal(page.notes.markdown, state.revealed));
  return out;
}

}  // namespace iem::cli
