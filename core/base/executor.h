// Where work is done that must not hold up who asks for it: the pieces of a step, the engine, jobs, runs of a
// sweep. All threads of the program are made here; a machine that has none is the other executor.
#pragma once

#include <functional>
#include <thread>

namespace iem {

class Executor {
 public:
  virtual ~Executor() = default;
  // A thread that does the task. One that is not joinable where there can be none (a limit of the machine's):
  // then the task has not begun, and the caller does it himself, at once or piece by piece.
  virtual std::thread begin(std::function<void()> task) = 0;
};

Executor& threads();     // a thread for every task
Executor& no_threads();  // none for any

// The one this program uses: threads(), unless another was chosen before the first work began.
Executor& executor();
void use_executor(Executor& chosen);

}  // namespace iem
