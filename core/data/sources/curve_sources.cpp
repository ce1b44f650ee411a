// Points along curves, each moved by normal noise: shapes that no single ellipse describes.
#include <cmath>
#include <numbers>

#include "core/base/libm.h"
#include "core/data/sources/sources.h"

namespace iem {
namespace {

using std::numbers::pi;

// Point i lies on curve i mod `curves`, at a random place along it.
template <class Curve>
Dataset along(const Config& config, std::int64_t curves, Random& random, Curve curve) {
  Dataset data;
  const Eigen::Index count = config.integer("data.count");
  const double noise = config.real("data.noise");
  data.points.resize(count, 2);
  if (curves > 1) data.labels.resize(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const std::int64_t k = i % curves;
    const Eigen::Vector2d at = curve(k, random.uniform());
    const double dx = random.normal(), dy = random.normal();
    data.points.row(i) = at + noise * Eigen::Vector2d(dx, dy);
    if (curves > 1) data.labels(i) = static_cast<int>(k);
  }
  return data;
}

Eigen::Vector2d polar(double radius, double angle) {
  return {radius * libm::cos(angle), radius * libm::sin(angle)};
}

Dataset make_ring(const Config& config, const std::string&, Random& random) {
  return along(config, 1, random, [](std::int64_t, double t) { return polar(2.5, 2 * pi * t); });
}

Dataset make_rings(const Config& config, const std::string&, Random& random) {
  const std::int64_t rings = config.integer("data.clusters");
  return along(config, rings, random, [rings](std::int64_t k, double t) {
    return polar(3.2 * static_cast<double>(k + 1) / static_cast<double>(rings), 2 * pi * t);
  });
}

Dataset make_moons(const Config& config, const std::string&, Random& random) {
  // Two half circles of radius 2, the lower one moved right by the radius and up by half of it, about the
  // origin.
  return along(config, 2, random, [](std::int64_t k, double t) -> Eigen::Vector2d {
    const Eigen::Vector2d upper = polar(2, pi * t);
    return k == 0 ? Eigen::Vector2d(upper.x() - 1, upper.y() - 0.5)
                  : Eigen::Vector2d(1 - upper.x(), 0.5 - upper.y());
  });
}

Dataset make_spiral(const Config& config, const std::string&, Random& random) {
  const std::int64_t arms = config.integer("data.clusters");
  return along(config, arms, random, [arms](std::int64_t k, double t) {
    // Arms of 0.6 turns; the square root spreads the points evenly over the length.
    const double s = std::sqrt(t);
    return polar(0.3 + 2.9 * s, 2 * pi * (0.6 * s + static_cast<double>(k) / static_cast<double>(arms)));
  });
}

}  // namespace

DataSource ring_source() {
  return {"ring", "Ring", "One circle.", {"data.count", "data.noise"}, {}, 2, make_ring};
}

DataSource rings_source() {
  return {
      "rings", "Rings",   "Circles one within the other.", {"data.count", "data.noise", "data.clusters"}, {},
      2,       make_rings};
}

DataSource moons_source() {
  return {
      "moons", "Two moons", "Two half circles that reach into each other.", {"data.count", "data.noise"}, {},
      2,       make_moons};
}

DataSource spiral_source() {
  return {"spiral",
          "Spiral",
          "Arms that wind outwards from the middle.",
          {"data.count", "data.noise", "data.clusters"},
          {},
          2,
          make_spiral};
}

}  // namespace iem
