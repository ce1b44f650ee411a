#include "core/data/near_order.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <numeric>
#include <span>

namespace iem {
namespace {

double extent(const Eigen::MatrixXd& points, std::span<const std::int32_t> rows, int column) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const std::int32_t row : rows) {
    low = std::min(low, points(row, column));
    high = std::max(high, points(row, column));
  }
  return high - low;
}

void halve(const Eigen::MatrixXd& points, std::span<std::int32_t> rows, Eigen::Index group) {
  const auto count = static_cast<Eigen::Index>(rows.size());
  if (count <= group) {
    std::ranges::sort(rows);
    return;
  }
  const int column = extent(points, rows, 1) > extent(points, rows, 0) ? 1 : 0;
  const Eigen::Index groups = (count + group - 1) / group;
  const auto left = static_cast<std::size_t>(groups / 2 * group);
  // Points at the same place go by their number, so that no library's way of halving shows.
  const auto before = [&](std::int32_t a, std::int32_t b) {
    const double u = points(a, column), v = points(b, column);
    return u < v || (u == v && a < b);
  };
  std::ranges::nth_element(rows, rows.begin() + static_cast<std::ptrdiff_t>(left), before);
  halve(points, rows.first(left), group);
  halve(points, rows.subspan(left), group);
}

}  // namespace

NearOrder near_order(const Eigen::MatrixXd& points, Eigen::Index group) {
  NearOrder out;
  out.row.resize(static_cast<std::size_t>(points.rows()));
  std::iota(out.row.begin(), out.row.end(), 0);
  halve(points, out.row, group);
  out.x.reserve(out.row.size());
  out.y.reserve(out.row.size());
  for (const std::int32_t row : out.row) {
    out.x.push_back(points(row, 0));
    out.y.push_back(points(row, 1));
  }
  return out;
}

struct NearCache::Made {
  std::once_flag once;
  NearOrder order;
};

NearCache::NearCache() : made_(std::make_shared<Made>()) {}

NearCache& NearCache::operator=(const NearCache& other) {
  if (this != &other) made_ = std::make_shared<Made>();
  return *this;
}

const NearOrder& NearCache::of(const Eigen::MatrixXd& points, Eigen::Index group) const {
  std::call_once(made_->once, [&] { made_->order = near_order(points, group); });
  return made_->order;
}

}  // namespace iem
