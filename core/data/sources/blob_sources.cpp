// Clusters of points: round ones, and stretched ones in random directions. Point i belongs to cluster i mod
// K.
#include <algorithm>
#include <numbers>
#include <vector>

#include "core/base/libm.h"
#include "core/data/sources/sources.h"

namespace iem {
namespace {

// K centres in [-3, 3]^2 that keep apart: each is the one of 32 candidates farthest from those before it
// (Mitchell's best-candidate sampling, 1991).
std::vector<Eigen::Vector2d> centres(std::int64_t count, Random& random) {
  std::vector<Eigen::Vector2d> out;
  while (static_cast<std::int64_t>(out.size()) < count) {
    Eigen::Vector2d best = Eigen::Vector2d::Zero();
    double best_distance = -1;
    for (int candidate = 0; candidate < 32; ++candidate) {
      const double x = random.uniform(-3, 3), y = random.uniform(-3, 3);
      const Eigen::Vector2d at(x, y);
      double distance = 1e9;
      for (const auto& other : out) distance = std::min(distance, (at - other).squaredNorm());
      if (distance > best_distance) {
        best_distance = distance;
        best = at;
      }
    }
    out.push_back(best);
  }
  return out;
}

// Point i is centre + axes * (two normal numbers).
Dataset clusters(const Config& config, const std::vector<Eigen::Vector2d>& centre,
                 const std::vector<Eigen::Matrix2d>& axes, Random& random) {
  Dataset data;
  const Eigen::Index count = config.integer("data.count");
  data.points.resize(count, 2);
  data.labels.resize(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const auto k = static_cast<std::size_t>(i) % centre.size();
    const double a = random.normal(), b = random.normal();
    data.points.row(i) = centre[k] + axes[k] * Eigen::Vector2d(a, b);
    data.labels(i) = static_cast<int>(k);
  }
  return data;
}

Dataset make_blobs(const Config& config, const std::string&, Random& random) {
  const auto centre = centres(config.integer("data.clusters"), random);
  const Eigen::Matrix2d round = config.real("data.noise") * Eigen::Matrix2d::Identity();
  return clusters(config, centre, std::vector<Eigen::Matrix2d>(centre.size(), round), random);
}

Dataset make_anisotropic(const Config& config, const std::string&, Random& random) {
  constexpr double kStretch = 3;  // ratio of the axes of a cluster
  const auto centre = centres(config.integer("data.clusters"), random);
  const double noise = config.real("data.noise");
  std::vector<Eigen::Matrix2d> axes(centre.size());
  for (auto& matrix : axes) {
    const double angle = random.uniform(0, std::numbers::pi);
    const double c = libm::cos(angle), s = libm::sin(angle);
    matrix << kStretch * noise * c, -noise * s, kStretch * noise * s, noise * c;
  }
  return clusters(config, centre, axes, random);
}

}  // namespace

DataSource blobs_source() {
  return {"blobs",
          "Blobs",
          "Round clusters of equal size, far from each other.",
          {"data.count", "data.noise", "data.clusters"},
          {},
          2,
          make_blobs};
}

DataSource anisotropic_source() {
  return {"anisotropic",
          "Stretched blobs",
          "Clusters three times as long as wide, in random directions.",
          {"data.count", "data.noise", "data.clusters"},
          {},
          2,
          make_anisotropic};
}

}  // namespace iem
