// Runs numbered pieces of work on a fixed set of threads. The pieces are the same whatever the number of
// threads, and each writes to its own place: that is what makes results independent of the number of threads.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/executor.h"

namespace iem {

// Numbered pieces of work: a callable by reference, which must outlive this. It asks for no memory, as a
// std::function may.
class NumberedWork {
 public:
  template <class Work>
  NumberedWork(const Work& work)
      : work_(&work),
        call_([](const void* self, std::int64_t i) { (*static_cast<const Work*>(self))(i); }) {}
  void operator()(std::int64_t i) const { call_(work_, i); }

 private:
  const void* work_;
  void (*call_)(const void*, std::int64_t);
};

class ThreadPool {
 public:
  // threads = 0: as many as the machine has. 1: everything runs on the calling thread. Where the machine
  // cannot make as many there are fewer, at worst the calling one alone: threads() says how many.
  explicit ThreadPool(int threads = 0, Executor& from = executor());
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int threads() const { return static_cast<int>(workers_.size()) + 1; }

  // Calls work(i) for i = 0..count-1, on any thread in any order, and returns when all are done. The first
  // exception that `work` throws (such as std::bad_alloc) is rethrown here, and the pieces not yet begun are
  // left out. Not reentrant: one caller at a time.
  void run(std::int64_t count, NumberedWork work);

 private:
  void make_workers(int count, Executor& from);
  void keep_workers(std::size_t count);
  void serve(std::size_t index);
  void drain(NumberedWork work, std::int64_t count);

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable start_, done_;
  const NumberedWork* work_ = nullptr;
  std::int64_t count_ = 0, next_ = 0;
  int busy_ = 0;
  std::uint64_t round_ = 0;
  std::size_t kept_ = 0;  // workers of a higher index end
  std::exception_ptr failure_;
};

}  // namespace iem
