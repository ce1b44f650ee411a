// Wakes one thread from others, and lets them wait until it has looked at everything they rang for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace iem::gui {

class Bell {
 public:
  // From any thread.
  std::uint64_t ring() {
    std::lock_guard lock(mutex_);
    changed_.notify_all();
    return ++rung_;
  }
  // Rings, and waits until all rings so far are answered.
  void ring_and_wait() {
    const std::uint64_t mine = ring();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return answered_ >= mine; });
  }

  // For the woken thread. rung: how often it has rung; answer: marks rings as answered; wait: waits for more
  // rings than `heard`, at most `seconds`.
  std::uint64_t rung() const {
    std::lock_guard lock(mutex_);
    return rung_;
  }
  void answer(std::uint64_t heard) {
    std::lock_guard lock(mutex_);
    answered_ = heard;
    changed_.notify_all();
  }
  void wait(std::uint64_t heard, double seconds) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::duration<double>(seconds), [&] { return rung_ != heard; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t rung_ = 0, answered_ = 0;
};

}  // namespace iem::gui
