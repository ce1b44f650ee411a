#include "core/data/dataset.h"

#include <cmath>
#include <span>

#include "core/base/hash.h"

namespace iem {

void seal(Dataset& data) {
  Hash hash;
  hash.add(std::span<const double>(data.points.data(), static_cast<std::size_t>(data.points.size())));
  for (Eigen::Index i = 0; i < data.labels.size(); ++i) hash.add(static_cast<std::int64_t>(data.labels[i]));
  data.hash = hash.value();
}

void standardise(Dataset& data) {
  for (Eigen::Index axis = 0; axis < data.points.cols(); ++axis) {
    auto column = data.points.col(axis);
    column.array() -= column.mean();
    const double deviation = std::sqrt(column.squaredNorm() / static_cast<double>(column.size()));
    if (deviation > 0) column /= deviation;
  }
  data.units.clear();
  data.standardised = true;
}

}  // namespace iem
