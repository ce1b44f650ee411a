#include "core/labs/attention/model/retrieval.h"

#include <cmath>

#include "core/base/libm.h"

namespace iem {

double retrieval_energy(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c) {
  const Eigen::VectorXd s = c * (keys * query.transpose());
  const double most = s.maxCoeff();
  return 0.5 * query.squaredNorm() - (most + libm::log((s.array() - most).unaryExpr(libm::Exp()).sum())) / c;
}

Eigen::MatrixXd retrieval_orbit(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c,
                                int steps) {
  Eigen::MatrixXd out(steps + 1, query.size());
  out.row(0) = query;
  for (int t = 0; t < steps; ++t) {
    const Eigen::VectorXd s = c * (keys * out.row(t).transpose());
    const Eigen::VectorXd e = (s.array() - s.maxCoeff()).unaryExpr(libm::Exp());
    out.row(t + 1) = e.transpose() / e.sum() * keys;
  }
  return out;
}

}  // namespace iem
