// Whether the task of a lesson's page is done by the run on screen, looked at once for each state.
//
// A condition that is read off the run is looked at on the engine's thread, so that no state on the way is
// passed over. One that makes other runs may take long: it is looked at on a worker, in a copy of the run,
// and then in the state that has been reached meanwhile.
#pragma once

#include <atomic>
#include <cstdint>
#include <future>
#include <memory>
#include <string>

#include "app/gui/context/panel_context.h"
#include "app/gui/platform/job.h"
#include "core/lesson/lesson.h"

namespace iem::gui {

class TaskWatch {
 public:
  ~TaskWatch() { leave(); }
  // Turns to a page; what was found on the one before is forgotten.
  void turn_to(std::shared_ptr<const Lesson> lesson, std::size_t page);
  // Gives up what is being looked at.
  void leave() { found_->given_up = true; }
  // Takes what is done; once a frame, whether or not a page is there.
  void follow();
  void look(PanelContext& context);
  bool working() const { return copied_.valid() || job_.running(); }

  bool is_done() const { return found_->is_done; }
  // The state string of the run that did it.
  const std::string& state() const { return found_->state; }

 private:
  // Written on the engine's thread or a worker.
  struct Found {
    std::atomic<bool> given_up = false, is_done = false;
    std::string state;  // complete once `is_done`
  };
  // Of the run, as far as a task can tell: a look publishes a snapshot of the same state again.
  struct State {
    const Setup* setup = nullptr;
    std::int64_t step = -1;
    std::size_t edits = 0;
    bool operator==(const State&) const = default;
  };
  static void find(Found& found, const LessonTask& task, const Run& run);

  std::shared_ptr<const Lesson> lesson_;
  std::size_t page_ = 0;
  std::shared_ptr<Found> found_ = std::make_shared<Found>();
  State looked_at_;
  std::shared_future<Run> copied_;  // of the run, on its way from the engine
  Job<bool> job_;
};

}  // namespace iem::gui
