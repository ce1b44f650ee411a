#include "core/labs/layer/model/definition.h"

#include <algorithm>
#include <span>

#include "core/math/responsibility.h"

namespace iem {
namespace {

Dual dual_mean(const std::vector<Dual>& values) {
  Dual sum;
  for (const Dual& v : values) sum = sum + v;
  return sum / static_cast<double>(values.size());
}

// sum (a - mean a)(b - mean b) / (N - 1).
Dual dual_covariance(const std::vector<Dual>& a, const std::vector<Dual>& b) {
  const Dual mean_a = dual_mean(a), mean_b = dual_mean(b);
  Dual sum;
  for (std::size_t i = 0; i < a.size(); ++i) sum = sum + (a[i] - mean_a) * (b[i] - mean_b);
  return sum / std::max(static_cast<double>(a.size()) - 1, 1.0);
}

Dual dual_spread(Dual variance) { return simd::sqrt(variance) + 1e-8; }

Dual dual_log_sum_exp(const std::vector<Dual>& values) {
  double top = values[0].v;
  for (const Dual& v : values) top = std::max(top, v.v);
  Dual sum;
  for (const Dual& v : values) sum = sum + simd::exp(v - top);
  return simd::log(sum) + top;
}

}  // namespace

LayerDefinition::LayerDefinition(const Layer& model, const Theta& theta, double tau, const Dataset& data)
    : model_(model),
      theta_(theta),
      tau_(tau),
      data_(data) {
  for (Eigen::Index j = 0; j < model.units(); ++j) distances_.push_back(distances(j, -1));
}

Dual LayerDefinition::at(const char* name, Eigen::Index i, Eigen::Index j, Eigen::Index entry) const {
  const Block& block = model_.layout().block(name);
  const Eigen::Index index = block.offset + i * block.columns + j;
  return {theta_[index], index == entry ? 1.0 : 0.0};
}

LayerDefinition::Column LayerDefinition::distances(Eigen::Index unit, Eigen::Index entry) const {
  Column out(static_cast<std::size_t>(data_.size()));
  for (Eigen::Index i = 0; i < data_.size(); ++i) {
    Dual z = at("b", unit, 0, entry);
    for (Eigen::Index a = 0; a < model_.inputs(); ++a) z = z + at("W", unit, a, entry) * data_.points(i, a);
    out[static_cast<std::size_t>(i)] =
        with_line_distance(model_.options().distance, [&]<LineDistance D>() { return line_distance<D>(z); });
  }
  return out;
}

// The part of J_var and J_dec that depends on one unit.
Dual LayerDefinition::moments(const std::vector<Column>& d, Eigen::Index unit) const {
  const auto own = static_cast<std::size_t>(unit);
  const LayerOptions& o = model_.options();
  const Dual variance = dual_covariance(d[own], d[own]);
  Dual out = -o.variance_weight * simd::log(variance + 1e-6);
  for (std::size_t k = 0; k < d.size(); ++k) {
    if (k == own) continue;
    const Dual r =
        dual_covariance(d[own], d[k]) / (dual_spread(variance) * dual_spread(dual_covariance(d[k], d[k])));
    out = out + 2 * o.decorrelation_weight * r * r;
  }
  return out;
}

Dual LayerDefinition::orthogonality(Eigen::Index entry) const {
  const Eigen::Index k = model_.units(), d = model_.inputs();
  std::vector<std::vector<Dual>> normals;
  for (Eigen::Index j = 0; j < k; ++j) {
    std::vector<Dual> row;
    Dual square;
    for (Eigen::Index a = 0; a < d; ++a) {
      row.push_back(at("W", j, a, entry));
      square = square + row.back() * row.back();
    }
    for (Dual& w : row) w = w / (simd::sqrt(square) + 1e-8);
    normals.push_back(std::move(row));
  }
  Dual sum;
  for (std::size_t j = 0; j < normals.size(); ++j)
    for (std::size_t l = 0; l < normals.size(); ++l) {
      Dual product{j == l ? -1.0 : 0.0, 0};
      for (std::size_t a = 0; a < normals[j].size(); ++a) product = product + normals[j][a] * normals[l][a];
      sum = sum + product * product;
    }
  return sum;
}

// -log softmax(W_2 t + b_2)_label.
Dual LayerDefinition::readout(const std::vector<Dual>& d, int label, Eigen::Index entry) const {
  const LayerOptions& o = model_.options();
  Dual lift;
  if (o.calibrate) lift = log_partition(Responsibility::softmax, std::span<const Dual>(d), tau_);
  std::vector<Dual> logits;
  for (Eigen::Index c = 0; c < o.classes; ++c) {
    Dual logit = at("b_2", c, 0, entry);
    for (Eigen::Index j = 0; j < o.units; ++j)
      logit = logit + at("W_2", c, j, entry) * (d[static_cast<std::size_t>(j)] + lift);
    logits.push_back(logit);
  }
  return dual_log_sum_exp(logits) - logits[static_cast<std::size_t>(label)];
}

double LayerDefinition::slope(Eigen::Index entry) const {
  const LayerOptions& o = model_.options();
  std::vector<Column> d = distances_;
  Eigen::Index unit = -1;  // the one that the entry moves; -1: it is of the read-out
  for (const char* name : {"W", "b"}) {
    const Block& block = model_.layout().block(name);
    if (entry >= block.offset && entry < block.offset + block.size())
      unit = (entry - block.offset) / block.columns;
  }
  if (unit >= 0) d[static_cast<std::size_t>(unit)] = distances(unit, entry);
  const auto labelled = static_cast<double>((data_.labels.array() >= 0).count());
  const auto n = static_cast<double>(data_.size());
  Dual sum;
  std::vector<Dual> row(d.size());
  for (Eigen::Index i = 0; i < data_.size(); ++i) {
    for (std::size_t j = 0; j < d.size(); ++j) row[j] = d[j][static_cast<std::size_t>(i)];
    if (unit >= 0)
      sum = sum - o.lse_weight / n * log_partition(Responsibility::softmax, std::span<const Dual>(row), tau_);
    if (o.has_readout() && data_.labels[i] >= 0)
      sum = sum + o.readout_weight / labelled * readout(row, data_.labels[i], entry);
  }
  if (unit < 0) return sum.d;
  return (sum + moments(d, unit) + o.orthogonality_weight * orthogonality(entry)).d;
}

}  // namespace iem
