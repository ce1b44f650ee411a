// Work for other threads that does not begin until a test lets it: whatever the window does meanwhile it does
// while that work is under way, however fast the machine is.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "core/base/executor.h"

namespace iem::gui {

class HeldJobs : public Executor {
 public:
  HeldJobs() { use_executor(*this); }
  ~HeldJobs() override { use_executor(threads()); }

  std::thread begin(std::function<void()> task) override {
    const std::scoped_lock lock(mutex_);
    if (!held_) return threads().begin(std::move(task));
    return threads().begin([this, task = std::move(task)] {
      wait();
      task();
    });
  }

  // What is begun while this lives waits for its end.
  class Hold {
   public:
    explicit Hold(HeldJobs& jobs) : jobs_(jobs) { jobs_.set(true); }
    ~Hold() { jobs_.set(false); }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    // False once the work was let go because nothing else happened: the window itself waited for it.
    bool lasts() const { return jobs_.held(); }

   private:
    HeldJobs& jobs_;
  };

 private:
  bool held() {
    const std::scoped_lock lock(mutex_);
    return held_;
  }
  void set(bool held) {
    const std::scoped_lock lock(mutex_);
    held_ = held;
    released_.notify_all();
  }
  void wait() {
    constexpr std::chrono::seconds kPatience(20);
    std::unique_lock lock(mutex_);
    if (released_.wait_for(lock, kPatience, [this] { return !held_; })) return;
    held_ = false;
    released_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable released_;
  bool held_ = false;
};

// A base before AppTest, so that the work of its window ends first.
struct WithHeldJobs {
  HeldJobs jobs;
};

}  // namespace iem::gui
