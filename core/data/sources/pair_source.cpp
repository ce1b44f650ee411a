// Two round clouds of equal size at a distance that is a key of its own: how far apart two causes must be to
// be told apart.
#include "core/data/sources/sources.h"

namespace iem {
namespace {

Dataset make(const Config& config, const std::string&, Random& random) {
  Dataset data;
  const Eigen::Index count = config.integer("data.count");
  const double half = 0.5 * config.real("data.separation"), noise = config.real("data.noise");
  data.points.resize(count, 2);
  data.labels.resize(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const int side = static_cast<int>(i % 2);
    const double x = random.normal(), y = random.normal();
    data.points.row(i) << (side == 0 ? -half : half) + noise * x, noise * y;
    data.labels(i) = side;
  }
  return data;
}

}  // namespace

DataSource pair_source() {
  Parameter separation{.key = "data.separation",
                       .group = Group::data,
                       .effect = Effect::data,
                       .label = "Separation",
                       .help = "The distance between the middles of the two clouds.",
                       .default_value = 3.0,
                       .min = 0,
                       .max = 1e6,
                       .slider_min = 0,
                       .slider_max = 6};
  return {"pair",
          "Two blobs",
          "Two round clouds at a chosen distance.",
          {"data.count", "data.noise", "data.separation"},
          {separation},
          2,
          make};
}

}  // namespace iem
