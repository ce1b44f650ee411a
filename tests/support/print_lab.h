// A lab as a parameter of a test is shown by its id: an address would give the test another name in every
// process.
#pragma once

#include <ostream>

#include "core/labs/kit/lab.h"

namespace iem {

inline void PrintTo(const Lab* lab, std::ostream* out) { *out << lab->id(); }

}  // namespace iem
