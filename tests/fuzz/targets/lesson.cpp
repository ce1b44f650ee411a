// A lesson that is read has words whose parts are the whole, and places that lie in the file.
#include "core/lesson/read_lesson.h"

#include "core/lesson/lines.h"
#include "core/lesson/text_parts.h"
#include "core/session/lesson_record.h"
#include "tests/fuzz/targets.h"

namespace iem::fuzz {
namespace {

void check_place(const SourcePosition& at, const std::vector<std::string_view>& lines) {
  IEM_CHECK(at.line >= 1 && static_cast<std::size_t>(at.line) <= lines.size());
  IEM_CHECK(at.column >= 1 && at.column <= letters(lines[static_cast<std::size_t>(at.line) - 1]) + 1);
}

void check_text(const LessonText& text, const std::vector<std::string_view>& lines) {
  std::string whole;
  for (const TextPart& part : parts_of_text(text.markdown)) whole += part.text;
  IEM_CHECK(whole == text.markdown);
  for (const TextNumber& number : numbers_of_text(text.markdown)) {
    IEM_CHECK(text.markdown.substr(number.offset, number.text.size()) == number.text);
    check_place(text.place(number.offset), lines);
  }
  for (const LessonLink& link : links_of_text(text.markdown)) check_place(text.place(link.offset), lines);
  (void)awaited_markdown(text.markdown);
}

}  // namespace

void lesson(std::string_view bytes) {
  expect_value_or_one_line([&] {
    const Lesson lesson = read_lesson(bytes, "fuzz.md");
    const std::vector<std::string_view> lines = lines_of_lesson(bytes, "fuzz.md");
    IEM_CHECK(!lesson.pages.empty());
    for (const LessonPage& page : lesson.pages) {
      check_place(page.at, lines);
      for (const LessonText* text : {&page.body, &page.reveal, &page.notes}) check_text(*text, lines);
      if (page.question)
        check_place(page.question->subject.at.line > 0 ? page.question->subject.at : page.question->at,
                    lines);
      if (page.task) check_place(page.task->state_at, lines);
    }
  });
  // What a session keeps of a lesson is TOML of its own.
  expect_value_or_one_line([&] {
    const LessonRecord record = read_lesson_record(bytes, "fuzz");
    IEM_CHECK(read_lesson_record(write_lesson_record(record), "written") == record || record.lesson.empty());
  });
}

}  // namespace iem::fuzz
