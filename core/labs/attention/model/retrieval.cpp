#include "core/labs/attention/model/retrieval.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "core/base/libm.h"
#include "core/math/dual.h"
#include "core/math/linear_algebra.h"

namespace iem {
namespace {

constexpr int kHopfieldPasses = 200;

Eigen::VectorXd hopfield_attention(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c) {
  const Eigen::VectorXd s = c * (keys * query.transpose());
  const Eigen::VectorXd e = (s.array() - s.maxCoeff()).unaryExpr(libm::Exp());
  return e / e.sum();
}

// The Jacobian of the update; it is symmetric, since the update is a gradient.
Eigen::MatrixXd update_jacobian(const Eigen::MatrixXd& keys, const Eigen::VectorXd& alpha, double c) {
  const Eigen::RowVectorXd mean = alpha.transpose() * keys;
  return c * (keys.transpose() * alpha.asDiagonal() * keys - mean.transpose() * mean);
}

}  // namespace

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

HopfieldReading hopfield_reading(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c) {
  HopfieldReading out;
  Eigen::Index nearest = 0;
  (keys.rowwise() - query).rowwise().squaredNorm().minCoeff(&nearest);
  out.nearest = static_cast<int>(nearest);
  const Eigen::RowVectorXd key = keys.row(nearest);
  out.separation = std::numeric_limits<double>::infinity();
  for (Eigen::Index j = 0; j < keys.rows(); ++j)
    if (j != nearest) out.separation = std::min(out.separation, key.dot(key) - key.dot(keys.row(j)));
  const Eigen::MatrixXd orbit = retrieval_orbit(keys, query, c, kHopfieldPasses);
  const Eigen::RowVectorXd rest = orbit.row(kHopfieldPasses);
  out.one_pass = (orbit.row(1) - key).norm();
  out.at_rest = (rest - key).norm();
  const double most = std::sqrt(keys.rowwise().squaredNorm().maxCoeff());
  const double off = std::max((query - key).norm(), out.at_rest);
  out.bound = keys.rows() == 1 ? 0
                               : 2 * static_cast<double>(keys.rows() - 1) * most *
                                     libm::exp(-c * (out.separation - 2 * most * off));
  const Eigen::VectorXd alpha = hopfield_attention(keys, rest, c);
  out.shares = static_cast<int>((alpha.array() >= 0.1).count());
  const Eigen::MatrixXd jacobian = update_jacobian(keys, alpha, c);
  out.contraction = std::numeric_limits<double>::quiet_NaN();
  if (jacobian.allFinite()) out.contraction = symmetric_eigenvalues(jacobian).cwiseAbs().maxCoeff();
  return out;
}

Eigen::MatrixXd implicit_key_gradient(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& rest, double c,
                                      const Eigen::RowVectorXd& v) {
  const Eigen::VectorXd alpha = hopfield_attention(keys, rest, c);
  const Eigen::MatrixXd inner =
      Eigen::MatrixXd::Identity(keys.cols(), keys.cols()) - update_jacobian(keys, alpha, c);
  const Eigen::RowVectorXd w = inner.partialPivLu().solve(v.transpose()).transpose();
  Eigen::MatrixXd out(keys.rows(), keys.cols());
  for (Eigen::Index j = 0; j < keys.rows(); ++j)
    out.row(j) = alpha[j] * (w + c * w.dot(keys.row(j) - rest) * rest);
  return out;
}

Eigen::MatrixXd unrolled_key_gradient(const Eigen::MatrixXd& keys, const Eigen::RowVectorXd& query, double c,
                                      const Eigen::RowVectorXd& v, int passes) {
  const auto n = static_cast<std::size_t>(keys.rows()), d = static_cast<std::size_t>(keys.cols());
  Eigen::MatrixXd out(keys.rows(), keys.cols());
  std::vector<Dual> q(d), e(n);
  for (Eigen::Index entry = 0; entry < keys.size(); ++entry) {
    const auto key = [&](std::size_t j, std::size_t a) {
      const auto row = static_cast<Eigen::Index>(j), column = static_cast<Eigen::Index>(a);
      return Dual{keys(row, column), row * keys.cols() + column == entry ? 1.0 : 0.0};
    };
    for (std::size_t a = 0; a < d; ++a) q[a] = {query[static_cast<Eigen::Index>(a)], 0};
    for (int t = 0; t < passes; ++t) {
      double top = -std::numeric_limits<double>::infinity();
      for (std::size_t j = 0; j < n; ++j) {
        e[j] = {};
        for (std::size_t a = 0; a < d; ++a) e[j] = e[j] + key(j, a) * q[a] * c;
        top = std::max(top, e[j].v);
      }
      Dual z;
      for (Dual& each : e) each = simd::exp(each - top), z = z + each;
      std::vector<Dual> next(d);
      for (std::size_t j = 0; j < n; ++j)
        for (std::size_t a = 0; a < d; ++a) next[a] = next[a] + e[j] / z * key(j, a);
      q = std::move(next);
    }
    Dual sum;
    for (std::size_t a = 0; a < d; ++a) sum = sum + q[a] * v[static_cast<Eigen::Index>(a)];
    out(entry / keys.cols(), entry % keys.cols()) = sum.d;
  }
  return out;
}

}  // namespace iem
