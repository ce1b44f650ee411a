#include "core/model/model.h"

#include "core/base/check.h"

namespace iem {

Theta Model::em_target(const Theta& theta, double tau, const Dataset& data, const Evaluation& at_theta,
                       double reg_covar, ThreadPool& pool) const {
  const bool has_rows = at_theta.responsibilities.rows() == data.size();
  if (!em_needs_rows() || has_rows) {
    Theta next = em_step(theta, data, at_theta, reg_covar);
    // Sums about places far away may have lost what the rows still say.
    if (has_rows || next.allFinite() || !at_theta.gradient.allFinite()) return next;
  }
  Evaluation with_rows;
  evaluate(theta, tau, data, {}, Wanted::rows, pool, with_rows);
  return em_step(theta, data, with_rows, reg_covar);
}

void Model::move_statistics(const Theta&, const Theta&, Eigen::Ref<Eigen::MatrixXd>) const {
  IEM_CHECK(!"statistics_move() said no");
}

}  // namespace iem
