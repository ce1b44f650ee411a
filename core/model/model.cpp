#include "core/model/model.h"

#include "core/base/check.h"

namespace iem {

Theta Model::em_target(const Theta& theta, double tau, const Dataset& data, const Evaluation& at_theta,
                       double reg_covar, ThreadPool& pool) const {
  if (!em_needs_rows() || at_theta.responsibilities.rows() == data.size())
    return em_step(theta, data, at_theta, reg_covar);
  Evaluation with_rows;
  evaluate(theta, tau, data, {}, Wanted::rows, pool, with_rows);
  return em_step(theta, data, with_rows, reg_covar);
}

void Model::move_statistics(const Theta&, const Theta&, Eigen::Ref<Eigen::MatrixXd>) const {
  IEM_CHECK(!"statistics_move() said no");
}

}  // namespace iem
