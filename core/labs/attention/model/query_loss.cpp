#include "core/labs/attention/model/query_loss.h"

#include <algorithm>
#include <cstring>

#include "core/math/simd.h"

namespace iem {
namespace {

// e^x and log x as the kernels have them, so that the bits are the same on every machine.
double lane(simd::Pack v) {
  double out[simd::kWidth];
  std::memcpy(out, &v, sizeof out);
  return out[0];
}
double log1p_of(double x) { return lane(simd::log1p(simd::splat(x))); }

void exponentials(double* x, Eigen::Index count) {
  for (Eigen::Index first = 0; first < count; first += simd::kWidth) {
    simd::Pack pack = simd::splat(0.0);
    const auto bytes = sizeof(double) * static_cast<std::size_t>(std::min<Eigen::Index>(count - first, 8));
    std::memcpy(&pack, x + first, bytes);
    pack = simd::exp(pack);
    std::memcpy(x + first, &pack, bytes);
  }
}

}  // namespace

void QueryLoss::predict(Eigen::Index i, const double* g, double* p) const {
  for (Eigen::Index c = 0; c < width_; ++c) p[c] = g[c] * queries_;
  p[data_.labels[i]] += 1;
}

void QueryLoss::add(Eigen::Index i, const double* output, double* g, QueryTotals& totals) const {
  if (classifies_) {
    add_classification(i, output, g, totals);
  } else {
    add_regression(i, output, g, totals);
  }
}

void QueryLoss::add_regression(Eigen::Index i, const double* output, double* g, QueryTotals& totals) const {
  const double share = 1 / queries_;
  for (Eigen::Index d = 0; d < width_; ++d) {
    const double off = output[d] - data_.targets(i, d);
    totals.loss += 0.5 * off * off;
    g[d] = off * share;
  }
}

void QueryLoss::add_classification(Eigen::Index i, const double* output, double* g,
                                   QueryTotals& totals) const {
  const double share = 1 / queries_;
  const Eigen::Index label = data_.labels[i];
  const auto top = std::max_element(output, output + width_) - output;
  for (Eigen::Index c = 0; c < width_; ++c) g[c] = output[c] - output[top];
  exponentials(g, width_);
  double sum = 0, rest = 0, mean = 0;  // sum = 1 + rest
  for (Eigen::Index c = 0; c < width_; ++c) {
    sum += g[c];
    rest += c == top ? 0 : g[c];
  }
  const double log_sum = log1p_of(rest);
  for (Eigen::Index c = 0; c < width_; ++c) {
    g[c] /= sum;
    mean += g[c] * (output[c] - output[top]);
  }
  totals.loss += log_sum - (output[label] - output[top]);
  totals.entropy += log_sum - mean;
  totals.correct += top == label;
  g[label] -= 1;
  for (Eigen::Index c = 0; c < width_; ++c) g[c] *= share;
}

}  // namespace iem
