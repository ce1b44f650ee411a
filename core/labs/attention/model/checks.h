// The attention lab's identities (Agarwal, Dalal & Misra 2025, arXiv 2512.22473), each against derivatives of
// the scalar loss that know nothing of them.
#pragma once

#include <vector>

#include "core/check/check.h"

namespace iem {

const std::vector<IdentityCheck>& attention_checks();

// The routing law on at most `points` queries and as many keys, evenly spread: alpha (b - E[b]) / tau,
// claimed, against dJ/ds by complex step. NaN where a key is masked.
IdentitySample routing_sample(const Run& run, Eigen::Index points);

// The value law on a few keys: sum_i alpha_ij u_i, claimed, against dJ/dv_j by complex step; keys x d_v.
struct LawSample {
  std::vector<Eigen::Index> rows;
  Eigen::MatrixXd claimed, computed;
};
LawSample value_sample(const Snapshot& snapshot);

// The first quantity that is not finite where the identity could not be computed: the scores, or a quantity
// computed from them.
std::string attention_lost_in_identity(const Snapshot& snapshot);

}  // namespace iem
