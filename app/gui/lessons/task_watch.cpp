#include "app/gui/lessons/task_watch.h"

#include <chrono>
#include <utility>

#include "core/expression/evaluator.h"
#include "core/lesson/play_lesson.h"
#include "core/session/state_string.h"

namespace iem::gui {

void TaskWatch::turn_to(std::shared_ptr<const Lesson> lesson, std::size_t page) {
  leave();
  lesson_ = std::move(lesson), page_ = page;
  found_ = std::make_shared<Found>();
  looked_at_ = {};
  copied_ = {};
}

void TaskWatch::find(Found& found, const LessonTask& task, const Run& run) {
  try {
    if (found.is_done || !iem::is_done(task, run, [&found] { return found.given_up.load(); })) return;
    found.state = write_state_string(run, run.setup().config());
    found.is_done = true;
  } catch (const InputError&) {         // no value yet: not done
  } catch (const EvaluationStopped&) {  // nobody asks any more
  }
}

void TaskWatch::follow() {
  if (job_.ready()) (void)job_.take();
  if (found_->given_up) copied_ = {};
  if (job_.running() || !copied_.valid()) return;
  if (copied_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return;
  job_.start([lesson = lesson_, page = page_, found = found_, run = std::exchange(copied_, {})] {
    Run own = run.get();
    own.work_on(std::make_shared<ThreadPool>(1));  // the engine goes on with its own threads
    find(*found, *lesson->pages[page].task, own);
    return true;
  });
}

void TaskWatch::look(PanelContext& context) {
  const Snapshot& now = context.snapshot();
  const std::optional<LessonTask>& task = lesson_->pages[page_].task;
  const State state{now.setup.get(), now.state.step, now.edits.size()};
  if (!task || state == looked_at_ || is_done() || !now.doubt.empty()) return;
  const bool on_worker = makes_runs(task->condition);
  if (on_worker && working()) return;
  looked_at_ = state;
  if (on_worker) {
    const auto copy = std::make_shared<std::promise<Run>>();
    copied_ = copy->get_future().share();
    context.engine().look([copy](const Run& run) { copy->set_value(run); });
    return;
  }
  context.engine().look([lesson = lesson_, page = page_, found = found_](const Run& run) {
    find(*found, *lesson->pages[page].task, run);
  });
}

}  // namespace iem::gui
