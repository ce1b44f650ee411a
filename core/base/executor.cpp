#include "core/base/executor.h"

#include <atomic>
#include <system_error>
#include <utility>

#include "core/system/give_way.h"

namespace iem {
namespace {

class Threads : public Executor {
 public:
  std::thread begin(std::function<void()> task) override {
    try {
      return std::thread(std::move(task));
    } catch (const std::system_error&) {
      return {};
    }
  }
};

class ThreadsBehind : public Executor {
 public:
  std::thread begin(std::function<void()> task) override {
    return threads().begin([task = std::move(task)] {
      give_way();
      task();
    });
  }
};

class NoThreads : public Executor {
 public:
  std::thread begin(std::function<void()> /*task*/) override { return {}; }
};

std::atomic<Executor*> g_chosen = nullptr;

}  // namespace

Executor& threads() {
  static Threads all;
  return all;
}

Executor& threads_behind() {
  static ThreadsBehind all;
  return all;
}

Executor& no_threads() {
  static NoThreads none;
  return none;
}

Executor& executor() {
  Executor* chosen = g_chosen;
  return chosen ? *chosen : threads();
}

void use_executor(Executor& chosen) { g_chosen = &chosen; }

}  // namespace iem
