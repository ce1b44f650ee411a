#include "core/system/give_way.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace iem {

void give_way() {
#ifdef __linux__
  // There it is each thread's own, and handed on to those it starts: behind the process's first thread,
  // however far that gives way itself, and whoever started this one.
  constexpr int kBehind = 5;
  const int first = getpriority(PRIO_PROCESS, static_cast<id_t>(getpid()));
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), first + kBehind);
#endif
}

}  // namespace iem
