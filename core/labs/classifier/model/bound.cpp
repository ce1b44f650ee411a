// Boehning & Lindsay's step (math.md section 6): the Hessian of J by (W, b) is at most
// 1/(2 tau) (I - 11^T/K) (x) S with S = (1/N) sum [x;1][x;1]^T over the points with a label, and the gradient
// sums to 0 over the classes, so that the minimum of the bound is at the step -2 tau dJ/d(W, b) S^+.
#include <limits>

#include "core/labs/classifier/model/classifier.h"
#include "core/math/linear_algebra.h"

namespace iem {
namespace {

// The pseudo-inverse over the learned columns of [x; y; 1]; directions without any spread are left out.
Eigen::MatrixXd pseudo_inverse(const Eigen::MatrixXd& symmetric) {
  const SymmetricEigen of = symmetric_eigen(symmetric);
  const double least = of.values.cwiseAbs().maxCoeff() * static_cast<double>(symmetric.rows()) *
                       std::numeric_limits<double>::epsilon();
  const Eigen::VectorXd inverse = (of.values.array() > least).select(of.values.array().inverse(), 0);
  return of.vectors * inverse.asDiagonal() * of.vectors.transpose();
}

Eigen::Matrix3d second_moments(const Dataset& data) {
  Eigen::Matrix3d sum = Eigen::Matrix3d::Zero();
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    if (!data.has_labels() || data.labels[i] < 0) continue;
    const Eigen::Vector3d at(data.points(i, 0), data.points(i, 1), 1);
    sum += at * at.transpose();
  }
  return sum / static_cast<double>(data.size());
}

}  // namespace

std::string Classifier::bound_unavailable() const {
  if (!is_linear())
    return "Böhning's bound is that of linear energies; set model.energy to linear, or use em with "
           "model.discriminative = 0.";
  if (!competes()) return "Böhning's bound is that of the cross-entropy; use gradient descent (gd).";
  if (options_.responsibility != Responsibility::softmax)
    return "Böhning's bound is that of a softmax; use gradient descent (gd).";
  if (options_.background)
    return "Böhning's bound knows no background hypothesis; use gradient descent (gd).";
  return "";
}

Theta Classifier::bound_step(const Theta& theta, double tau, const Dataset& data,
                             const Evaluation& at_theta) const {
  const Block& w = layout_.blocks()[0];
  const Block& b = layout_.blocks()[1];
  std::vector<Eigen::Index> columns;
  if (w.learned) columns = {0, 1};
  if (b.learned) columns.push_back(2);
  Theta next = theta;
  if (columns.empty()) return next;
  const Eigen::MatrixXd inverse = pseudo_inverse(second_moments(data)(columns, columns));
  for (Eigen::Index j = 0; j < classes(); ++j) {
    const Eigen::Index entries[3] = {w.offset + 2 * j, w.offset + 2 * j + 1, b.offset + j};
    Eigen::VectorXd gradient(columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c)
      gradient[static_cast<Eigen::Index>(c)] = at_theta.gradient[entries[columns[c]]];
    const Eigen::VectorXd step = 2 * tau * inverse * gradient;
    for (std::size_t c = 0; c < columns.size(); ++c)
      next[entries[columns[c]]] -= step[static_cast<Eigen::Index>(c)];
  }
  return next;
}

}  // namespace iem
