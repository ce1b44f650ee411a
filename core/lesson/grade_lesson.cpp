#include "core/lesson/grade_lesson.h"

#include <algorithm>
#include <cmath>

#include "core/base/utf8.h"
#include "core/session/session.h"
#include "core/session/state_string.h"

namespace iem {
namespace {

// Whether two runs began with the same settings; what is shown does not count.
bool begins_alike(const Config& a, const Config& b) {
  if (a.lab() != b.lab()) return false;
  return std::ranges::all_of(a.table().all(), [&](const Parameter& key) {
    return key.effect == Effect::view || a.value(key.key) == b.value(key.key);
  });
}

template <class Records>
auto of_page(const Records& records, int page) {
  return std::ranges::find(records, page, [](const auto& record) { return record.page; });
}

}  // namespace

LessonRecord::Answer answer_of(int page, const Question& question, const Guess& guess) {
  switch (question.kind) {
    case Question::Kind::where: return {page, {guess.x}, {guess.y}};
    case Question::Kind::number: return {page, {guess.number}, {}};
    case Question::Kind::choice: return {page, {static_cast<double>(guess.choice)}, {}};
    case Question::Kind::sketch: break;
  }
  return {page, guess.curve_x, guess.curve_y};
}

Guess guess_of(const Question& question, const LessonRecord::Answer& answer) {
  const double x = answer.x.empty() ? std::nan("") : answer.x[0];
  Guess out;
  out.x = out.number = x;
  out.y = answer.y.empty() ? std::nan("") : answer.y[0];
  const bool is_choice = x >= 0 && x < static_cast<double>(question.choices.size());
  out.choice = is_choice ? static_cast<std::size_t>(x) : question.choices.size();
  if (question.kind == Question::Kind::sketch && answer.x.size() == answer.y.size() &&
      std::ranges::is_sorted(answer.x))
    out.curve_x = answer.x, out.curve_y = answer.y;
  return out;
}

LessonKey::LessonKey(Lesson lesson, std::shared_ptr<ThreadPool> pool, const LessonStopped& stopped)
    : lesson_(std::move(lesson)),
      pool_(std::move(pool)),
      stopped_(stopped) {
  for_each_page(lesson_, pool_, stopped_, [this](const PageState& state) {
    const LessonPage& page = lesson_.pages[state.page];
    Page& out = pages_.emplace_back();
    if (page.question) out.truth = truth_of(*page.question, state);
    if (page.task) out.origin = state.run.origin().config;
  });
}

std::vector<GradedItem> LessonKey::grade(const LessonRecord& record) const {
  if (record.lesson != lesson_.id)
    throw InputError(record.lesson.empty()
                         ? "is no session of a lesson"
                         : "is of the lesson " + printable(record.lesson) + ", not of " + lesson_.id);
  std::vector<GradedItem> out;
  for (std::size_t i = 0; i < lesson_.pages.size(); ++i) {
    const LessonPage& page = lesson_.pages[i];
    const int number = static_cast<int>(i) + 1;
    if (page.question) {
      GradedItem& item = out.emplace_back(GradedItem{.page = number});
      const auto answer = of_page(record.answers, number);
      item.is_there = answer != record.answers.end();
      if (item.is_there)
        item.gap = gap_of(*page.question, guess_of(*page.question, *answer), *pages_[i].truth);
    }
    if (page.task) {
      GradedItem& item = out.emplace_back(GradedItem{.page = number, .is_task = true});
      const auto task = of_page(record.tasks, number);
      item.is_there = task != record.tasks.end();
      if (item.is_there) check_task(*page.task, *pages_[i].origin, task->state, item);
    }
  }
  return out;
}

void LessonKey::check_task(const LessonTask& task, const Config& origin, const std::string& state,
                           GradedItem& item) const try {
  if (!is_state_string(state)) throw InputError("there is no state string");
  const LoadedSession session =
      load_replay(state, pool_, [this](std::int64_t, std::int64_t) { return !(stopped_ && stopped_()); });
  if (session.stopped) throw EvaluationStopped();
  if (!session.parted.empty()) throw InputError(session.parted);
  if (!begins_alike(session.run.origin().config, origin))
    throw InputError("it is another run than the page's");
  item.is_done = is_done(task, session.run, stopped_);
  if (!item.is_done) item.why = "the condition does not hold";
} catch (const InputError& error) {
  item.why = error.what();
}

}  // namespace iem
