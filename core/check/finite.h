// Whether there is anything to check: identities hold between finite numbers.
#pragma once

#include <string>

#include "core/run/snapshot.h"

namespace iem {

// "cannot be checked: Z is not finite", with the first quantity of this state that is not, in the order in
// which they are computed: parameters, scores s, Z, J, its gradient. Empty: all are finite.
std::string cannot_be_checked(const Snapshot& snapshot);

}  // namespace iem
