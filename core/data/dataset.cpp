#include "core/data/dataset.h"

#include <algorithm>
#include <cmath>

#include "core/base/hash.h"

namespace iem {

void seal(Dataset& data) {
  Hash hash;
  hash.add(static_cast<std::int64_t>(data.points.rows()));
  hash.add(static_cast<std::int64_t>(data.points.cols()));
  hash.add(std::span<const double>(data.points.data(), static_cast<std::size_t>(data.points.size())));
  hash.add(static_cast<std::int64_t>(data.labels.size()));
  for (const int label : data.labels) hash.add(static_cast<std::int64_t>(label));
  if (data.targets.size() > 0) {
    hash.add(static_cast<std::int64_t>(data.targets.cols()));
    hash.add(std::span<const double>(data.targets.data(), static_cast<std::size_t>(data.targets.size())));
  }
  data.hash = hash.value();
}

Dataset thinned(const Dataset& data, Eigen::Index most) {
  const Eigen::Index n = data.size(), count = std::min(n, most);
  Dataset part;
  part.points.resize(count, data.points.cols());
  for (Eigen::Index i = 0; i < count; ++i) part.points.row(i) = data.points.row(i * n / count);
  return part;
}

void standardise(Dataset& data) {
  for (Eigen::Index d = 0; d < data.points.cols(); ++d) {
    auto column = data.points.col(d);
    // Scaled by a power of two, which changes no digit, so that squares of huge numbers do not overflow.
    int exponent = 0;
    std::frexp(column.cwiseAbs().maxCoeff(), &exponent);
    for (double& x : column) x = std::ldexp(x, -exponent);
    if (column.minCoeff() == column.maxCoeff()) {
      column.setZero();
      continue;
    }
    // The second pass takes off what rounding left of the mean in the first.
    for (int pass = 0; pass < 2; ++pass) {
      double sum = 0;
      for (const double x : column) sum += x;
      const double mean = sum / static_cast<double>(column.size());
      for (double& x : column) x -= mean;
    }
    double squares = 0;
    for (const double x : column) squares += x * x;
    column /= std::sqrt(squares / static_cast<double>(column.size()));
  }
  data.units.clear();
  data.standardised = true;
}

}  // namespace iem
