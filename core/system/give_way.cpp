#include "core/system/give_way.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace iem {

void give_way() {
#ifdef __linux__
  constexpr int kBehind = 5;
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kBehind);  // there it is the thread's own
#endif
}

}  // namespace iem
