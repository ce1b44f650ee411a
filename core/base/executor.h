// The one place that makes threads, for work that must not hold up its caller: the pieces of a step, the
// engine, jobs, the runs of a sweep. On a machine without threads the other executor, no_threads(), takes its
// place.
#pragma once

#include <functional>
#include <thread>

namespace iem {

class Executor {
 public:
  virtual ~Executor() = default;
  // Starts a thread that does the task. Where no thread can be made (a limit of the machine) the one returned
  // is not joinable: the task has not begun, and the caller does it itself, at once or piece by piece.
  virtual std::thread begin(std::function<void()> task) = 0;
};

Executor& threads();     // a thread for every task
Executor& no_threads();  // never a thread
// A thread for every task, which gives way to threads that others made (core/system/give_way.h): the window's
// own, and those of a library that draws on the processor.
Executor& threads_behind();

// The one this program uses: threads(), unless another was chosen before the first work began.
Executor& executor();
void use_executor(Executor& chosen);

}  // namespace iem
