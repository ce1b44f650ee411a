// The identities that hold for every toy in every state, and the sample that the window's meter shows.
#pragma once

#include <vector>

#include "core/labs/neighbours/kit/toy.h"

namespace iem {

const std::vector<IdentityCheck>& toy_checks();

// dJ/dtheta in closed form (claimed) against automatic differentiation of J's definition (computed), entry by
// entry; for a part of the rows where there are many.
IdentitySample gradient_sample(const Run& run);

}  // namespace iem
