#include "core/base/thread_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <new>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

namespace iem {
namespace {

// Makes so many threads and then no more, as a machine at its limit.
class NoMoreThan : public Executor {
 public:
  explicit NoMoreThan(int count) : left_(count) {}
  std::thread begin(std::function<void()> task) override {
    return left_-- > 0 ? std::thread(std::move(task)) : std::thread();
  }

 private:
  int left_;
};

std::vector<int> visits(ThreadPool& pool, std::size_t pieces) {
  std::vector<int> count(pieces, 0);
  pool.run(static_cast<std::int64_t>(pieces), [&](std::int64_t i) { ++count[static_cast<std::size_t>(i)]; });
  return count;
}

TEST(ThreadPool, DoesEveryPieceOnceWithTheThreadsThatCouldBeMade) {
  for (const int made : {0, 1, 2, 5, 100}) {
    NoMoreThan machine(made);
    ThreadPool pool(8, machine);
    EXPECT_LE(pool.threads(), std::min(made, 7) + 1);
    EXPECT_EQ(pool.threads() == 8, made >= 7);
    if (made >= 2) {
      EXPECT_GE(pool.threads(), 2) << made;
    }
    for (int round = 0; round < 50; ++round) EXPECT_EQ(visits(pool, 40), std::vector<int>(40, 1)) << made;
  }
}

TEST(ThreadPool, GivesTheCallerWhatAPieceThrowsAndGoesOnWorking) {
  for (const int threads : {1, 2, 4}) {
    ThreadPool pool(threads);
    for (int round = 0; round < 50; ++round) {
      std::atomic<int> begun = 0;
      EXPECT_THROW(pool.run(1000,
                            [&](std::int64_t i) {
                              ++begun;
                              if (i == 3 || i == 4) throw std::bad_alloc();
                              // Or others take all pieces while the one that throws waits for a processor.
                              if (i > 4) std::this_thread::sleep_for(std::chrono::milliseconds(1));
                            }),
                   std::bad_alloc);
      EXPECT_LT(begun, 1000);
      EXPECT_EQ(visits(pool, 40), std::vector<int>(40, 1));
    }
  }
}

}  // namespace
}  // namespace iem
