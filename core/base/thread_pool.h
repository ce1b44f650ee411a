// Runs numbered pieces of work on a fixed set of threads. The pieces are the same whatever the number of
// threads, and each writes to its own place: that is what makes results independent of the number of threads.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace iem {

class ThreadPool {
 public:
  // threads = 0: as many as the machine has. 1: everything runs on the calling thread.
  explicit ThreadPool(int threads = 0);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int threads() const { return static_cast<int>(workers_.size()) + 1; }

  // Calls work(i) for i = 0..count-1, on any thread in any order, and returns when all are done. `work` must
  // not throw. Not reentrant: one caller at a time.
  void run(std::int64_t count, const std::function<void(std::int64_t)>& work);

 private:
  void serve();
  void drain(const std::function<void(std::int64_t)>& work, std::int64_t count);

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable start_, done_;
  const std::function<void(std::int64_t)>* work_ = nullptr;
  std::int64_t count_ = 0, next_ = 0;
  int busy_ = 0;
  std::uint64_t round_ = 0;
  bool stop_ = false;
};

}  // namespace iem
