// Clusters on the line, 3 apart and symmetric about 0. Point i belongs to cluster i mod K.
#include "core/data/sources.h"

namespace iem {
namespace {

Dataset make_bumps(const Config& config, const std::string&, Random random) {
  constexpr double kSpacing = 3;
  const std::int64_t clusters = config.integer("data.clusters");
  const double noise = config.real("data.noise"), middle = 0.5 * static_cast<double>(clusters - 1);
  Dataset data;
  const Eigen::Index count = config.integer("data.count");
  data.points.resize(count, 1);
  data.labels.resize(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const std::int64_t k = i % clusters;
    data.points(i, 0) = kSpacing * (static_cast<double>(k) - middle) + noise * random.normal();
    data.labels(i) = static_cast<int>(k);
  }
  return data;
}

}  // namespace

DataSource bumps_source() {
  return {"bumps", "Bumps",   "Clusters on the line.", {"data.count", "data.noise", "data.clusters"}, {},
          1,       make_bumps};
}

}  // namespace iem
