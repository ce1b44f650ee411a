#include "core/optimize/mini_batch.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace iem {

std::span<const Eigen::Index> epoch_order(const Epoch& epoch) {
  // Shuffling a million points for every batch would be the whole cost of a step: the last order is
  // remembered.
  thread_local std::uint64_t seed = 0;
  thread_local std::vector<Eigen::Index> order;
  const auto points = static_cast<std::size_t>(epoch.points);
  if (seed == epoch.seed && order.size() == points) return order;
  seed = epoch.seed;
  order.resize(points);
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  Random random(seed);
  for (std::size_t left = points; left > 1; --left)
    std::swap(order[left - 1],
              order[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(left)))]);
  return order;
}

std::span<const Eigen::Index> next_batch(Eigen::Index points, std::int64_t size, Epoch& epoch,
                                         Random& random) {
  if (epoch.points != points || epoch.position >= points) epoch = {random.bits(), points, 0, 0};
  const std::int64_t first = epoch.position, count = std::min(size, points - first);
  epoch.position += count;
  return epoch_order(epoch).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
}

}  // namespace iem
