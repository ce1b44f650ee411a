#include "core/math/agreement.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace iem {
namespace {

double pairs(double n) { return n * (n - 1) / 2; }

// The assignment of every row to a column of its own with the least total cost, by shortest augmenting paths
// (Kuhn 1955, Munkres 1957); rows <= columns. Returns the column of each row.
std::vector<Eigen::Index> assignment(const Eigen::MatrixXd& cost) {
  const Eigen::Index n = cost.rows(), m = cost.cols();
  const auto size = static_cast<std::size_t>(m) + 1;
  std::vector<double> row_price(static_cast<std::size_t>(n) + 1), column_price(size);
  std::vector<std::size_t> row_of(size), way(size);  // counted from 1; 0: none
  for (std::size_t row = 1; row <= static_cast<std::size_t>(n); ++row) {
    std::vector<double> least(size, std::numeric_limits<double>::infinity());
    std::vector<char> used(size);
    std::size_t column = 0;
    for (row_of[0] = row; row_of[column] != 0;) {
      used[column] = 1;
      const std::size_t from = row_of[column];
      double step = std::numeric_limits<double>::infinity();
      std::size_t next = 0;
      for (std::size_t j = 1; j < size; ++j) {
        if (used[j]) continue;
        const double reduced = cost(static_cast<Eigen::Index>(from) - 1, static_cast<Eigen::Index>(j) - 1) -
                               row_price[from] - column_price[j];
        if (reduced < least[j]) least[j] = reduced, way[j] = column;
        if (least[j] < step) step = least[j], next = j;
      }
      for (std::size_t j = 0; j < size; ++j) {
        if (used[j])
          row_price[row_of[j]] += step, column_price[j] -= step;
        else
          least[j] -= step;
      }
      column = next;
    }
    for (; column != 0; column = way[column]) row_of[column] = row_of[way[column]];
  }
  std::vector<Eigen::Index> out(static_cast<std::size_t>(n));
  for (std::size_t j = 1; j < size; ++j)
    if (row_of[j] != 0) out[row_of[j] - 1] = static_cast<Eigen::Index>(j) - 1;
  return out;
}

}  // namespace

Eigen::MatrixXd contingency(const Eigen::VectorXi& labels, const Eigen::VectorXi& parts) {
  if (labels.size() == 0) return {};
  Eigen::MatrixXd out = Eigen::MatrixXd::Zero(std::max(labels.maxCoeff(), -1) + 1, parts.maxCoeff() + 1);
  for (Eigen::Index i = 0; i < labels.size(); ++i)
    if (labels[i] >= 0) out(labels[i], parts[i]) += 1;
  return out;
}

double adjusted_rand_index(const Eigen::MatrixXd& table) {
  const double all = pairs(table.sum());
  const double together = table.unaryExpr(&pairs).sum();
  const double classes = table.rowwise().sum().unaryExpr(&pairs).sum();
  const double parts = table.colwise().sum().unaryExpr(&pairs).sum();
  if (all == 0) return std::numeric_limits<double>::quiet_NaN();
  const double expected = classes * parts / all, most = 0.5 * (classes + parts);
  return most == expected ? 1 : (together - expected) / (most - expected);
}

double matched_share(const Eigen::MatrixXd& table) {
  const double points = table.sum();
  if (!(points > 0)) return std::numeric_limits<double>::quiet_NaN();
  const bool wide = table.rows() <= table.cols();
  const Eigen::MatrixXd hits = wide ? table : Eigen::MatrixXd(table.transpose());
  const std::vector<Eigen::Index> column = assignment(-hits);
  double matched = 0;
  for (Eigen::Index i = 0; i < hits.rows(); ++i) matched += hits(i, column[static_cast<std::size_t>(i)]);
  return matched / points;
}

}  // namespace iem
