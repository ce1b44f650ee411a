#include "core/data/dataset.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/hash.h"

namespace iem {

std::string label_words(const Dataset& data, int label) {
  if (label < 0) return "no class";
  const auto index = static_cast<std::size_t>(label);
  return index < data.label_names.size() ? data.label_names[index] : "class " + std::to_string(label);
}

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
  if (data.held_out) hash.add(data.held_out->hash);
  data.hash = hash.value();
  data.near = {};
}

Dataset thinned(const Dataset& data, Eigen::Index most) {
  const Eigen::Index n = data.size(), count = std::min(n, most);
  Dataset part;
  part.points.resize(count, data.points.cols());
  part.labels.resize(data.has_labels() ? count : 0);
  for (Eigen::Index i = 0; i < count; ++i) part.points.row(i) = data.points.row(i * n / count);
  for (Eigen::Index i = 0; i < part.labels.size(); ++i) part.labels[i] = data.labels[i * n / count];
  return part;
}

namespace {

// The rows listed, in that order, with everything else as it is.
Dataset rows_of(const Dataset& data, const std::vector<Eigen::Index>& rows) {
  Dataset part = data;
  part.held_out = nullptr;
  part.points.resize(static_cast<Eigen::Index>(rows.size()), data.points.cols());
  part.labels.resize(data.has_labels() ? part.points.rows() : 0);
  part.clean_labels.resize(data.clean_labels.size() > 0 ? part.points.rows() : 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    part.points.row(at) = data.points.row(rows[i]);
    if (data.has_labels()) part.labels[at] = data.labels[rows[i]];
    if (data.clean_labels.size() > 0) part.clean_labels[at] = data.clean_labels[rows[i]];
  }
  return part;
}

}  // namespace

void hold_out(Dataset& data, double share, Random random) {
  const Eigen::Index n = data.size();
  Eigen::Index left = std::min(static_cast<Eigen::Index>(share * static_cast<double>(n)), n - 1);
  if (left <= 0) return;
  // Each point in turn, with the chance that makes every choice of so many equally likely (Knuth, algorithm
  // S).
  std::vector<Eigen::Index> aside, kept;
  for (Eigen::Index i = 0; i < n; ++i) {
    const bool chosen = random.uniform() * static_cast<double>(n - i) < static_cast<double>(left);
    (chosen ? aside : kept).push_back(i);
    left -= chosen ? 1 : 0;
  }
  auto part = std::make_shared<Dataset>(rows_of(data, aside));
  seal(*part);
  data = rows_of(data, kept);
  data.held_out = std::move(part);
}

Dataset with_held_out(const Dataset& data) {
  Dataset all = data;
  all.held_out = nullptr;
  if (!data.held_out) return all;
  const Dataset& rest = *data.held_out;
  all.points.conservativeResize(data.size() + rest.size(), Eigen::NoChange);
  all.points.bottomRows(rest.size()) = rest.points;
  if (data.has_labels()) {
    all.labels.conservativeResize(all.size());
    all.labels.tail(rest.size()) = rest.labels;
  }
  if (data.clean_labels.size() > 0) {
    all.clean_labels.conservativeResize(all.size());
    all.clean_labels.tail(rest.size()) = rest.clean_labels;
  }
  return all;
}

void standardise(Dataset& data) {
  data.shift.setZero(data.points.cols());
  data.scale.setOnes(data.points.cols());
  for (Eigen::Index d = 0; d < data.points.cols(); ++d) {
    auto column = data.points.col(d);
    // Scaled by a power of two, which changes no digit, so that squares of huge numbers do not overflow.
    int exponent = 0;
    std::frexp(column.cwiseAbs().maxCoeff(), &exponent);
    for (double& x : column) x = std::ldexp(x, -exponent);
    if (column.minCoeff() == column.maxCoeff()) {
      data.shift[d] = std::ldexp(column[0], exponent);
      column.setZero();
      continue;
    }
    // The second pass takes off what rounding left of the mean in the first.
    for (int pass = 0; pass < 2; ++pass) {
      double sum = 0;
      for (const double x : column) sum += x;
      const double mean = sum / static_cast<double>(column.size());
      for (double& x : column) x -= mean;
      data.shift[d] += std::ldexp(mean, exponent);
    }
    double squares = 0;
    for (const double x : column) squares += x * x;
    const double deviation = std::sqrt(squares / static_cast<double>(column.size()));
    column /= deviation;
    data.scale[d] = std::ldexp(deviation, exponent);
  }
  data.standardised = true;
}

}  // namespace iem
