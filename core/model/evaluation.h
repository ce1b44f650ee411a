// What one forward and backward pass knows. The program's claim is visible in this struct: `responsibilities`
// and the gradient of the objective with respect to `energies` are the same numbers (math.md section 0).
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstdint>

#include "core/model/layout.h"

namespace iem {

struct Evaluation {
  double loss = 0;          // J, minimised
  bool has_loss = true;     // false: there is nothing to minimise (a curve without data), and J is NaN
  Theta gradient;           // dJ/dtheta; zero in blocks that are not learned
  Eigen::VectorXd metrics;  // the model's cheap metrics, by Model::metric_ids()

  // Sums over points, one row a component; what the columns mean is the model's (mixture:
  // kernel/pass.h).
  Eigen::MatrixXd statistics;

  // Per point and component, N x K (column-major: a component is contiguous); empty unless rows were wanted.
  Eigen::MatrixXd energies, responsibilities;
  // N dJ/dd_ij where the objective has no responsibilities; else empty, since the responsibilities are N
  // dJ/dd_ij.
  Eigen::MatrixXd pulls;

  // For models that report drifts: per query the largest s_ij/tau, and log sum_j exp(s_ij/tau - largest).
  // They are kept apart because in their sum a huge first number would round the second away.
  Eigen::VectorXd top_scores, log_sums;

  // The norm without overflow: its square may overflow where the norm itself does not.
  double gradient_norm() const {
    const double norm = gradient.norm();
    return std::isinf(norm) && gradient.allFinite() ? gradient.stableNorm() : norm;
  }
};

// What an evaluation fills: sums only, or the N x K rows too. The hard ones replace r by the one-hot argmin
// of d (ties to the lowest index), for the rule hard_em; their loss is the mean of min_j d. bare_sums are the
// sums, J and the gradient with the same bits, but metrics may be NaN where leaving them out saves time.
// energies are J and the N x K energies and nothing else, for pictures of J over theta; only mixtures are
// asked for them. The energies have the same bits; J has them too unless the other evaluations leave out
// components (Mixture::can_skip), whose points are then added up in another order.
enum class Wanted : std::uint8_t { sums, rows, hard_sums, hard_rows, bare_sums, energies };

inline bool wants_rows(Wanted wanted) { return wanted == Wanted::rows || wanted == Wanted::hard_rows; }
inline bool wants_hard(Wanted wanted) { return wanted == Wanted::hard_sums || wanted == Wanted::hard_rows; }

}  // namespace iem
