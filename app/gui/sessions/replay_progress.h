// The progress of a replay on a worker, with a way to stop it.
#pragma once

#include <atomic>
#include <cstdint>

namespace iem::gui {

class ReplayProgress {
 public:
  // Called on the worker at every step; returns false once the replay is stopped.
  bool reach(std::int64_t step, std::int64_t last) {
    last_ = last;
    step_ = step;
    return !stopped_;
  }
  void stop() { stopped_ = true; }
  std::int64_t step() const { return step_; }
  std::int64_t last() const { return last_; }  // 0: it has not begun

 private:
  std::atomic<std::int64_t> step_ = 0, last_ = 0;
  std::atomic<bool> stopped_ = false;
};

}  // namespace iem::gui
