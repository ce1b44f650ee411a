#include "core/labs/layer/model/moments.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/base/scratch.h"
#include "core/kernel/layer.h"

namespace iem {
namespace {

constexpr double kLeastVariance = 1e-6;  // added to a variance before its logarithm is taken
constexpr double kLeastLength = 1e-8;    // added to lengths that are divided by

// Rows padded to whole packs, for the kernel.
double* padded_rows(Scratch& scratch, const Layer::RowMajor& rows, Eigen::Index stride) {
  double* out = scratch.zeros(rows.rows() * stride);
  for (Eigen::Index i = 0; i < rows.rows(); ++i)
    std::copy_n(rows.row(i).data(), rows.cols(), out + i * stride);
  return out;
}

}  // namespace

LayerMoments::LayerMoments(double n, const Eigen::VectorXd& centre, const Eigen::VectorXd& sums,
                           const Eigen::MatrixXd& products)
    : points(n),
      mean(centre + sums / n) {
  const Eigen::Index k = centre.size();
  const Eigen::VectorXd shift = sums / n;  // of the mean from the centre
  const double freedom = std::max(n - 1, 1.0);
  variance.resize(k);
  for (Eigen::Index j = 0; j < k; ++j) {
    const double rest = products(j, j) - n * shift[j] * shift[j];
    variance[j] = (rest < 0 ? 0 : rest) / freedom;
    variance_term -= libm::log(variance[j] + kLeastVariance);
    dead += variance[j] < kDeadBelow ? 1 : 0;
  }
  spread_ = variance.array().sqrt() + kLeastLength;
  correlation.resize(k, k);
  for (Eigen::Index j = 0; j < k; ++j) {
    correlation(j, j) = variance[j] > 0 ? 1 : 0;
    for (Eigen::Index l = j + 1; l < k; ++l) {
      const double covariance = (products(j, l) - n * shift[j] * shift[l]) / freedom;
      const bool vary = variance[j] > 0 && variance[l] > 0;
      correlation(j, l) = correlation(l, j) = vary ? covariance / (spread_[j] * spread_[l]) : 0;
      redundancy += 2 * correlation(j, l) * correlation(j, l);
    }
  }
}

Eigen::VectorXd LayerMoments::diagonal(double variance_weight, double decorrelation_weight) const {
  const double freedom = std::max(points - 1, 1.0);
  Eigen::VectorXd out(mean.size());
  for (Eigen::Index j = 0; j < out.size(); ++j) {
    out[j] = -2 * variance_weight / ((variance[j] + kLeastVariance) * freedom);
    if (!(variance[j] > 0)) continue;
    const double others = correlation.col(j).squaredNorm() - 1;
    out[j] -= 4 * decorrelation_weight * others / (spread_[j] * std::sqrt(variance[j]) * freedom);
  }
  return out;
}

double LayerMoments::between(Eigen::Index j, Eigen::Index k, double decorrelation_weight) const {
  if (j == k) return 0;
  return 4 * decorrelation_weight * correlation(j, k) / (spread_[j] * spread_[k] * std::max(points - 1, 1.0));
}

double orthogonality(const Eigen::Ref<const Layer::RowMajor>& weights, double weight,
                     Eigen::Ref<Layer::RowMajor> gradient) {
  static thread_local Scratch scratch;
  scratch.begin();
  const kernel::LayerKernel& kernel = kernel::layer_kernel();
  const Eigen::Index k = weights.rows(), d = weights.cols();
  const Eigen::Index units = Scratch::padded(k), inputs = Scratch::padded(d);
  const Eigen::VectorXd length = weights.rowwise().norm();
  const Layer::RowMajor normal = weights.array().colwise() / (length.array() + kLeastLength);
  const double* rows = padded_rows(scratch, normal, inputs);
  const double* columns = padded_rows(scratch, normal.transpose(), units);
  double* off = scratch.take(k * units);
  const double* nothing = scratch.zeros(std::max(units, inputs));
  const auto count = static_cast<int>(k);
  kernel.multiply({rows, inputs, 1}, count, static_cast<int>(d), columns, nothing, static_cast<int>(units),
                  off);
  double term = 0;
  for (Eigen::Index j = 0; j < k; ++j) {
    off[j * units + j] -= 1;
    for (Eigen::Index l = 0; l < k; ++l) term += off[j * units + l] * off[j * units + l];
  }
  double* by_normal = scratch.take(k * inputs);
  kernel.multiply({off, units, 1}, count, count, rows, nothing, static_cast<int>(inputs), by_normal);
  for (Eigen::Index j = 0; j < k; ++j) {
    const Eigen::Map<const Eigen::RowVectorXd> g(by_normal + j * inputs, d);
    const double along = length[j] > 0 ? g.dot(weights.row(j)) / length[j] : 0;
    const double scale = 4 * weight / (length[j] + kLeastLength);
    gradient.row(j) += scale * (g - along * normal.row(j));
  }
  return term;
}

}  // namespace iem
