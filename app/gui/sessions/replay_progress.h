// How far the replay of a saved run is that a worker is busy with, and the way to stop it.
#pragma once

#include <atomic>
#include <cstdint>

namespace iem::gui {

class ReplayProgress {
 public:
  // On the worker, at every step; false once somebody has stopped it.
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
