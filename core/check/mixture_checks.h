// The identities of the mixture, as a table: lse_gradient, row_sums, fisher, em_is_preconditioned_gradient,
// monotone_em (math.md section 8).
#pragma once

#include <string>
#include <vector>

#include "core/run/snapshot.h"

namespace iem {

struct IdentityCheck {
  std::string id, statement;
  double tolerance;
  std::string (*unavailable)(const Snapshot& snapshot);  // why it does not apply; empty: it does
  double (*error)(const Snapshot& snapshot);
};

const std::vector<IdentityCheck>& mixture_checks();

}  // namespace iem
