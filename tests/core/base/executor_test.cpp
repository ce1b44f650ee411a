// Threads that give way, and those that do not.
#include "core/base/executor.h"

#include <gtest/gtest.h>

#include <algorithm>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace iem {
namespace {

#ifdef __linux__
// Higher numbers give way to lower ones.
int niceness() { return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); }

int niceness_in(Executor& executor) {
  int out = -100;
  executor.begin([&] { out = niceness(); }).join();
  return out;
}

TEST(Executor, OfTheWindowMakesThreadsThatGiveWay) {
  const int own = niceness();
  EXPECT_EQ(niceness_in(threads()), own);
  EXPECT_EQ(niceness_in(threads_behind()), std::min(own + 5, 19));
  // Those that such a thread starts are as far behind, and no further.
  int started = -100;
  threads_behind().begin([&] { started = niceness_in(threads_behind()); }).join();
  EXPECT_EQ(started, std::min(own + 5, 19));
  EXPECT_EQ(niceness(), own);
}
#endif

}  // namespace
}  // namespace iem
