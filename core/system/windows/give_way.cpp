#include "core/system/give_way.h"

#include <windows.h>

namespace iem {

void give_way() { SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_BELOW_NORMAL); }

}  // namespace iem
