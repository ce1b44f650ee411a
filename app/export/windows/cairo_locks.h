#pragma once

namespace iem {

// On Windows cairo makes its locks when it is first used, which two threads may do at a time: call this while
// there is one.
void make_cairo_locks();

}  // namespace iem
