// Points without structure over [-3, 3]^2: any structure that a model finds here comes from the model itself.
#include <cmath>

#include "core/data/sources/sources.h"

namespace iem {
namespace {

Dataset make_grid(const Config& config, const std::string&, Random& random) {
  Dataset data;
  const std::int64_t count = config.integer("data.count");
  const double noise = config.real("data.noise");
  std::int64_t side = 1;  // the smallest square that holds them all
  while (side * side < count) ++side;
  const double spacing = side > 1 ? 6.0 / static_cast<double>(side - 1) : 0.0;
  const double start = side > 1 ? -3.0 : 0.0;
  data.points.resize(count, 2);
  for (std::int64_t i = 0; i < count; ++i) {
    const double dx = random.normal(), dy = random.normal();
    data.points(i, 0) = start + spacing * static_cast<double>(i % side) + noise * dx;
    data.points(i, 1) = start + spacing * static_cast<double>(i / side) + noise * dy;
  }
  return data;
}

Dataset make_uniform(const Config& config, const std::string&, Random& random) {
  Dataset data;
  const Eigen::Index count = config.integer("data.count");
  data.points.resize(count, 2);
  for (Eigen::Index i = 0; i < count; ++i)
    for (Eigen::Index d = 0; d < 2; ++d) data.points(i, d) = random.uniform(-3, 3);
  return data;
}

}  // namespace

DataSource grid_source() {
  return {"grid", "Grid",   "A square grid, each point moved by the noise.", {"data.count", "data.noise"}, {},
          2,      make_grid};
}

DataSource uniform_source() {
  return {"uniform", "Uniform", "Points anywhere in a square.", {"data.count"}, {}, 2, make_uniform};
}

}  // namespace iem
