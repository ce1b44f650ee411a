#include "core/base/thread_pool.h"

#include <algorithm>
#include <new>
#include <utility>

namespace iem {

ThreadPool::ThreadPool(int threads, Executor& from) {
  if (threads <= 0) threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  make_workers(threads - 1, from);
}

ThreadPool::~ThreadPool() { keep_workers(0); }

// When the machine can make no more threads, the pool works with those it has, and ends half of them again:
// each thread takes memory, and where a limit was met the work itself might find none.
void ThreadPool::make_workers(int count, Executor& from) {
  kept_ = static_cast<std::size_t>(count);
  const auto wanted = kept_;
  try {
    workers_.reserve(wanted);
    while (workers_.size() < wanted) {
      std::thread worker = from.begin([this, index = workers_.size()] { serve(index); });
      if (!worker.joinable()) break;
      workers_.push_back(std::move(worker));
    }
  } catch (const std::bad_alloc&) {}
  if (workers_.size() < wanted) keep_workers(workers_.size() / 2);
}

void ThreadPool::keep_workers(std::size_t count) {
  {
    std::lock_guard lock(mutex_);
    kept_ = count;
  }
  start_.notify_all();
  while (workers_.size() > count) {
    workers_.back().join();
    workers_.pop_back();
  }
}

void ThreadPool::run(std::int64_t count, NumberedWork work) {
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
    failure_ = nullptr;
    ++round_;
  }
  start_.notify_all();
  drain(work, count);
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return busy_ == 0; });
  work_ = nullptr;
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

// Takes piece after piece until none is left. An exception never leaves a worker's thread: run() rethrows it.
void ThreadPool::drain(NumberedWork work, std::int64_t count) {
  while (true) {
    std::int64_t i = 0;
    {
      std::lock_guard lock(mutex_);
      if (next_ >= count) return;
      i = next_++;
    }
    try {
      work(i);
    } catch (...) {
      std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      next_ = count;
    }
  }
}

void ThreadPool::serve(std::size_t index) {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    start_.wait(lock, [&] { return index >= kept_ || round_ != seen; });
    if (index >= kept_) return;
    seen = round_;
    const NumberedWork work = *work_;
    const std::int64_t count = count_;
    lock.unlock();
    drain(work, count);
    lock.lock();
    if (--busy_ == 0) done_.notify_one();
  }
}

}  // namespace iem
