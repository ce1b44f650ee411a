// The points of a plane in an order in which neighbours stand together, for passes that leave out what is far
// from a whole block of points (kernel/skip.h).
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <vector>

namespace iem {

struct NearOrder {
  std::vector<double> x, y;
  std::vector<std::int32_t> row;  // where each stands among the points
};

// Halves the points (N x 2) at the longer side of their box until `group` are left, whole groups on the left
// of every cut; a group keeps the order of the points (a k-d tree: Bentley 1975). The same on every machine.
NearOrder near_order(const Eigen::MatrixXd& points, Eigen::Index group);

// That order, made when it is first asked for, from any thread; always in groups of that first time. A copy
// forgets it, since its points may be changed.
class NearCache {
 public:
  NearCache();
  NearCache(const NearCache&) : NearCache() {}
  NearCache(NearCache&&) noexcept = default;
  NearCache& operator=(const NearCache& other);
  NearCache& operator=(NearCache&&) noexcept = default;

  const NearOrder& of(const Eigen::MatrixXd& points, Eigen::Index group) const;

 private:
  struct Made;
  std::shared_ptr<Made> made_;  // by a pointer that need not know what it is
};

}  // namespace iem
