#include "core/base/thread_pool.h"

#include <algorithm>

namespace iem {

ThreadPool::ThreadPool(int threads) {
  if (threads <= 0) threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { serve(); });
}

ThreadPool::~ThreadPool() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  start_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void ThreadPool::run(std::int64_t count, const std::function<void(std::int64_t)>& work) {
  if (workers_.empty() || count <= 1) {
    for (std::int64_t i = 0; i < count; ++i) work(i);
    return;
  }
  {
    std::lock_guard lock(mutex_);
    work_ = &work;
    count_ = count;
    next_ = 0;
    busy_ = static_cast<int>(workers_.size());
    ++round_;
  }
  start_.notify_all();
  drain(work, count);
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return busy_ == 0; });
  work_ = nullptr;
}

// Takes piece after piece until none is left.
void ThreadPool::drain(const std::function<void(std::int64_t)>& work, std::int64_t count) {
  while (true) {
    std::int64_t i = 0;
    {
      std::lock_guard lock(mutex_);
      if (next_ >= count) return;
      i = next_++;
    }
    work(i);
  }
}

void ThreadPool::serve() {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    start_.wait(lock, [&] { return stop_ || round_ != seen; });
    if (stop_) return;
    seen = round_;
    const auto* work = work_;
    const std::int64_t count = count_;
    lock.unlock();
    drain(*work, count);
    lock.lock();
    if (--busy_ == 0) done_.notify_one();
  }
}

}  // namespace iem
