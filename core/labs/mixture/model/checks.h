// The identities of the mixture, as a table: lse_gradient, row_sums, fisher, em_is_preconditioned_gradient,
// monotone_em (math.md section 8).
#pragma once

#include <vector>

#include "core/check/check.h"

namespace iem {

const std::vector<IdentityCheck>& mixture_checks();

}  // namespace iem
