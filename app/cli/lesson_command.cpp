// iemlab lesson: a lesson in the window, as text, or played through to find what does not hold.
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/lesson_text.h"
#include "app/cli/stepping.h"
#include "app/cli/terminal.h"
#include "core/expression/evaluator.h"
#include "core/lesson/check_lesson.h"
#include "core/lesson/read_lesson.h"

namespace iem::cli {
namespace {

int check_lesson_command(const Lesson& lesson, const std::shared_ptr<ThreadPool>& pool) {
  note_interrupts();
  std::vector<LessonProblem> problems;
  try {
    problems = check_lesson(lesson, pool, interrupted);
  } catch (const EvaluationStopped&) {
    return kInterrupted;
  }
  for (const LessonProblem& problem : problems) say_error(problem.line(), true);
  if (!problems.empty()) return 1;
  const std::size_t pages = lesson.pages.size();
  print_line(lesson.title + ": " +
             (pages == 1 ? "its page holds" : "all " + std::to_string(pages) + " pages hold"));
  return 0;
}

int print_lesson(const Lesson& lesson, const std::shared_ptr<ThreadPool>& pool, bool notes) {
  note_interrupts();
  try {
    print_lines(lesson_head(lesson));
    std::optional<PageState> state;
    for (std::size_t page = 0; page < lesson.pages.size(); ++page) {
      state = play_page(lesson, page, pool, state ? &*state : nullptr, interrupted);
      print_line("");
      print_lines(page_text(lesson, *state, notes));
    }
  } catch (const EvaluationStopped&) {
    return kInterrupted;
  }
  return 0;
}

}  // namespace

int lesson_command(const LessonOptions& options, const WindowHooks& hooks) {
  const Lesson lesson = load_lesson(options.lesson);
  if (options.check && options.text) throw InputError("--check and --text: one of them at a time");
  if (options.notes && !options.text) throw InputError("--notes: has no effect without --text");
  const auto pool = std::make_shared<ThreadPool>(0);
  if (options.check) return check_lesson_command(lesson, pool);
  if (options.text) return print_lesson(lesson, pool, options.notes);
  if (!hooks.open_lesson)
    throw InputError("this program has no window for lessons; --text prints one and --check plays it", {},
                     ErrorKind::missing);
  hooks.open_lesson(options.lesson, say_note);
  return 0;
}

}  // namespace iem::cli
