// Numbers on the line. Clusters lie 3 apart and symmetric about 0; point i belongs to cluster i mod K.
#include <cmath>

#include "core/base/libm.h"
#include "core/data/sources/sources.h"

namespace iem {
namespace {

constexpr double kSpacing = 3;

// Each point is its cluster's place + noise * what `draw` gives.
template <class Draw>
Dataset clusters(const Config& config, Random& random, Draw draw) {
  const std::int64_t count = config.integer("data.clusters");
  const double noise = config.real("data.noise"), middle = 0.5 * static_cast<double>(count - 1);
  Dataset data;
  const Eigen::Index points = config.integer("data.count");
  data.points.resize(points, 1);
  data.labels.resize(points);
  for (Eigen::Index i = 0; i < points; ++i) {
    const std::int64_t k = i % count;
    data.points(i, 0) = kSpacing * (static_cast<double>(k) - middle) + noise * draw(random);
    data.labels(i) = static_cast<int>(k);
  }
  return data;
}

Dataset make_bumps(const Config& config, const std::string&, Random& random) {
  return clusters(config, random, [](Random& r) { return r.normal(); });
}

// An exponential number minus its mean: standard deviation 1, with a long tail to the right.
Dataset make_skewed(const Config& config, const std::string&, Random& random) {
  return clusters(config, random, [](Random& r) { return -libm::log1p(-r.uniform()) - 1; });
}

// Student's t with 2 degrees of freedom, by its quantile function: u/sqrt(2 p (1 - p)), u = 2p - 1.
Dataset make_heavy_tails(const Config& config, const std::string&, Random& random) {
  return clusters(config, random, [](Random& r) {
    const double p = 0.5 * (r.uniform() + 1e-12);
    const bool right = r.uniform() < 0.5;
    const double t = (1 - 2 * p) / std::sqrt(2 * p * (1 - p));
    return right ? t : -t;
  });
}

// Every 20th point lies far out, on the side of its cluster.
Dataset make_outliers(const Config& config, const std::string&, Random& random) {
  constexpr Eigen::Index kEvery = 20;
  constexpr double kFar = 12;
  Dataset data = clusters(config, random, [](Random& r) { return r.normal(); });
  for (Eigen::Index i = kEvery - 1; i < data.size(); i += kEvery)
    data.points(i, 0) += std::copysign(kFar, data.points(i, 0));
  return data;
}

Dataset make_none(const Config&, const std::string&, Random&) {
  Dataset data;
  data.points.resize(0, 1);
  return data;
}

const std::vector<std::string> kKeys = {"data.count", "data.noise", "data.clusters"};

}  // namespace

DataSource bumps_source() { return {"bumps", "Bumps", "Clusters on the line.", kKeys, {}, 1, make_bumps}; }

DataSource skewed_source() {
  return {"skewed", "Skewed bumps", "Clusters with a long tail to the right.", kKeys, {}, 1, make_skewed};
}

DataSource heavy_tails_source() {
  return {"heavy_tails",   "Heavy tails", "Clusters with tails as heavy as a t distribution's.", kKeys, {}, 1,
          make_heavy_tails};
}

DataSource outliers_source() {
  return {"outliers", "Bumps and outliers", "Clusters, and every twentieth point far out.", kKeys, {},
          1,          make_outliers};
}

DataSource no_source() {
  return {"none", "No points", "The curves alone: nothing is learned.", {}, {}, 1, make_none};
}

}  // namespace iem
