// How urgent a thread is.
#pragma once

namespace iem {

// From now on the calling thread works in the time that more urgent threads leave, such as the one the
// program began with: it has a quarter of a processor that one of those wants too. Asking twice changes
// nothing. Does nothing where the system cannot say so of one thread.
void give_way();

}  // namespace iem
