// How urgent a thread is.
#pragma once

namespace iem {

// From now on the calling thread works in the time that more urgent threads leave, of this program as of
// others: a quarter of a processor that somebody else wants too. Does nothing where the system cannot say so
// of one thread.
void give_way();

}  // namespace iem
