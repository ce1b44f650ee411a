#include "core/lesson/check_lesson.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/base/utf8.h"
#include "core/expression/words.h"
#include "core/lesson/elements.h"
#include "core/lesson/play_lesson.h"
#include "core/lesson/text_parts.h"
#include "core/session/scene_file.h"

namespace iem {
namespace {

class LessonChecker {
 public:
  LessonChecker(const Lesson& lesson, std::shared_ptr<ThreadPool> pool, const LessonStopped& stopped)
      : lesson_(lesson),
        pool_(std::move(pool)),
        stopped_(stopped) {}

  std::vector<LessonProblem> check() {
    std::optional<PageState> before;
    for (std::size_t page = 0; page < lesson_.pages.size(); ++page) {
      std::optional<PageState> state = play(page, before);
      if (state) check_page(lesson_.pages[page], *state);
      before = std::move(state);
    }
    std::ranges::stable_sort(out_, {},
                             [](const LessonProblem& p) { return std::tuple(p.at.line, p.at.column); });
    return std::move(out_);
  }

 private:
  void add(const SourcePosition& at, const std::string& message) { out_.push_back({at, message}); }

  // Calls `act`; what it throws is a problem, at its own place where it has one in the lesson.
  template <class Act>
  void attempt(const SourcePosition& at, const std::string& what, const Act& act) {
    try {
      act();
    } catch (const InputError& error) {
      if (error.at().file == lesson_.file && error.at().line > 0)
        add(error.at(), error.message());
      else
        add(at, what + error.what());
    }
  }

  // The state of a page; nothing where it, or the page that it goes on from, cannot be played.
  std::optional<PageState> play(std::size_t page, const std::optional<PageState>& before) {
    std::optional<PageState> out;
    const Moment& moment = lesson_.pages[page].moment;
    if (!moment.scene && !before) return out;
    std::vector<InputError> unknown;
    attempt(moment.at, "", [&] {
      out.emplace(play_page(lesson_, page, pool_, before ? &*before : nullptr, stopped_, &unknown));
    });
    for (const InputError& error : unknown) add(error.at(), error.message());
    return out;
  }

  void check_page(const LessonPage& page, const PageState& state) {
    const std::shared_ptr<const Snapshot> now = take_snapshot(state.run);
    const std::shared_ptr<const Snapshot> then = take_snapshot(state.revealed);
    check_text(page.body, state.run, *now);
    check_text(page.reveal, state.revealed, *then);
    check_text(page.notes, state.revealed, *then);
    if (page.question) check_question(page, state);
    if (page.task) check_task(*page.task, state);
  }

  void check_text(const LessonText& text, const Run& run, const Snapshot& snapshot) {
    check_text(
        text.markdown, [&](std::size_t offset) { return text.place(offset); }, run, snapshot);
  }
  void check_line(const std::string& line, const SourcePosition& at, const Run& run) {
    check_text(
        line, [&](std::size_t) { return at; }, run, *take_snapshot(run));
  }

  template <class Place>
  void check_text(const std::string& markdown, const Place& place, const Run& run, const Snapshot& snapshot) {
    for (const TextNumber& number : numbers_of_text(markdown))
      attempt(place(number.offset), printable(number.text, 80) + ": ",
              [&] { check_number(std::string(number.text), run); });
    for (const LessonLink& link : links_of_text(markdown))
      attempt(place(link.offset), link.kind + ":" + printable(link.name) + ": ",
              [&] { check_link(link, snapshot); });
    for (const LessonLink& link : other_links_of_text(markdown))
      if (!link.name.starts_with("https://"))
        add(place(link.offset), printable(link.name, 80) +
                                    ": a link is key:, prototype:, point:, figure:, formula:, scene: or "
                                    "https://");
  }

  void check_number(const std::string& words, const Run& run) {
    const std::vector<WordsPiece> pieces = pieces_of(words);
    if (!pieces.front().problem.empty()) throw InputError(pieces.front().problem);
    const auto stopped = stopped_;
    const Tensor value = Evaluator(run, stopped).value(pieces.front().expression);
    if (!std::ranges::all_of(value.data, [](double each) { return std::isfinite(each); }))
      throw InputError("has no finite value here");
  }

  static void check_link(const LessonLink& link, const Snapshot& snapshot) {
    if (link.kind == "scene") {
      (void)load_scene(link.name);
      return;
    }
    const bool has_word = link.kind == "prototype" || link.kind == "point" || link.kind == "formula";
    const std::string name = has_word ? link.kind + " " + link.name : link.name;
    const WindowElement found = element_named(name, NamedIn::highlight, snapshot);
    using Kind = WindowElement::Kind;
    const Kind wanted = link.kind == "key"       ? Kind::key
                        : link.kind == "figure"  ? Kind::figure
                        : link.kind == "formula" ? Kind::formula
                                                 : Kind::element;
    if (found.kind != wanted) throw InputError("there is no such " + link.kind);
  }

  void check_question(const LessonPage& page, const PageState& state) {
    const Question& question = *page.question;
    check_line(question.ask, question.at, state.run);
    attempt(question.at, "", [&] { (void)truth_of(question, state); });
  }

  void check_task(const LessonTask& task, const PageState& state) {
    check_line(task.say, task.say_at, state.revealed);
    attempt(task.state_at, "= state: ", [&] {
      const auto done_at = [&](const Run& run) { return is_done(task, run, stopped_); };
      if (done_at(state.arrived) || done_at(state.run) || done_at(state.revealed)) {
        add(task.state_at, "the task is already done on arrival");
        return;
      }
      if (task.by_at.line == 0) {
        add(task.state_at, "nothing says how the task is done: = by: steps = 40");
        return;
      }
      const Run done = done_by(task, state.revealed, stopped_);
      if (done_at(done)) return;
      Evaluator evaluator(done, stopped_);
      const std::string why = examine(task.state, evaluator).why;
      add(task.by_at, "the task is not done by this" + (why.empty() ? "" : ": it is " + why));
    });
  }

  const Lesson& lesson_;
  std::shared_ptr<ThreadPool> pool_;
  const LessonStopped& stopped_;
  std::vector<LessonProblem> out_;
};

}  // namespace

std::string LessonProblem::line() const { return InputError(message, at).what(); }

std::vector<LessonProblem> check_lesson(const Lesson& lesson, const std::shared_ptr<ThreadPool>& pool,
                                        const LessonStopped& stopped) {
  return LessonChecker(lesson, pool, stopped).check();
}

}  // namespace iem
