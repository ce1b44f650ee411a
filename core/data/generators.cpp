#include "core/data/generators.h"

#include <cmath>
#include <functional>
#include <numbers>

namespace iem {
namespace {

constexpr double kPi = std::numbers::pi;

struct Request {
  Eigen::Index count;
  double noise;
  int clusters;
};

Request request(const Config& config) {
  return {config.integer("data.count"), config.real("data.noise"),
          static_cast<int>(config.integer("data.clusters"))};
}

// N points in the plane, each with the label of its group; point i comes from `place(i, random)`.
struct Placed {
  double x = 0, y = 0;
  int label = 0;
};
template <class Place>
Dataset generate(Eigen::Index count, const char* title, Random& random, const Place& place) {
  Dataset data;
  data.points.resize(count, 2);
  data.labels.resize(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const Placed p = place(i, random);
    data.points(i, 0) = p.x;
    data.points(i, 1) = p.y;
    data.labels[i] = p.label;
  }
  data.title = title;
  return data;
}

// Draws are in statements of their own: the order of evaluation inside one expression is not fixed.
Placed jitter(double x, double y, int label, double noise, Random& random) {
  const double dx = random.normal();
  const double dy = random.normal();
  return {x + noise * dx, y + noise * dy, label};
}

struct Centre {
  double x = 0, y = 0;
};

// Centres on a circle of radius 2 in equal steps from a random angle, each a little off: never on top of each
// other.
std::vector<Centre> centres(int clusters, Random& random) {
  std::vector<Centre> out;
  const double turn = random.uniform(0, 2 * kPi);
  for (int c = 0; c < clusters; ++c) {
    const double angle = turn + 2 * kPi * c / clusters, radius = random.uniform(1.7, 2.3);
    out.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  return out;
}

Dataset blobs(const Config& config, const std::string&, Random random) {
  const Request r = request(config);
  const std::vector<Centre> at = centres(r.clusters, random);
  return generate(r.count, "Blobs", random, [&](Eigen::Index i, Random& draws) {
    const auto c = static_cast<int>(i % r.clusters);
    return jitter(at[static_cast<std::size_t>(c)].x, at[static_cast<std::size_t>(c)].y, c, r.noise, draws);
  });
}

Dataset anisotropic(const Config& config, const std::string&, Random random) {
  const Request r = request(config);
  const std::vector<Centre> at = centres(r.clusters, random);
  std::vector<double> angles;
  for (int c = 0; c < r.clusters; ++c) angles.push_back(random.uniform(0, kPi));
  return generate(r.count, "Anisotropic blobs", random, [&](Eigen::Index i, Random& draws) {
    const auto c = static_cast<std::size_t>(i % r.clusters);
    const double along = 2.5 * r.noise * draws.normal();
    const double across = 0.5 * r.noise * draws.normal();
    const double cosine = std::cos(angles[c]), sine = std::sin(angles[c]);
    return Placed{at[c].x + along * cosine - across * sine, at[c].y + along * sine + across * cosine,
                  static_cast<int>(c)};
  });
}

Dataset moons(const Config& config, const std::string&, Random random) {
  const Request r = request(config);
  return generate(r.count, "Two moons", random, [&](Eigen::Index i, Random& draws) {
    const double angle = draws.uniform(0, kPi);
    if (i % 2 == 0) return jitter(std::cos(angle) - 0.5, std::sin(angle) - 0.25, 0, 0.3 * r.noise, draws);
    return jitter(0.5 - std::cos(angle), 0.25 - std::sin(angle), 1, 0.3 * r.noise, draws);
  });
}

Dataset ring(const Config& config, const std::string&, Random random) {
  const Request r = request(config);
  return generate(r.count, "Ring", random, [&](Eigen::Index, Random& draws) {
    const double angle = draws.uniform(0, 2 * kPi);
    return jitter(2 * std::cos(angle), 2 * std::sin(angle), 0, 0.5 * r.noise, draws);
  });
}

Dataset rings(const Config& config, const std::string&, Random random) {
  const Request r = request(config);
  return generate(r.count, "Rings", random, [&](Eigen::Index i, Random& draws) {
    const auto c = static_cast<int>(i % r.clusters);
    const double angle = draws.uniform(0, 2 * kPi), radius = c + 1;
    return jitter(radius * std::cos(angle), radius * std::sin(angle), c, 0.3 * r.noise, draws);
  });
}

Dataset spiral(const Config& config, const std::string&, Random random) {
  const Request r = request(config);
  return generate(r.count, "Spiral", random, [&](Eigen::Index i, Random& draws) {
    const auto c = static_cast<int>(i % r.clusters);
    const double t = std::sqrt(draws.uniform());
    const double angle = 2 * kPi * c / r.clusters + 1.5 * kPi * t;
    return jitter(2.5 * t * std::cos(angle), 2.5 * t * std::sin(angle), c, 0.3 * r.noise, draws);
  });
}

Dataset grid(const Config& config, const std::string&, Random random) {
  const Request r = request(config);
  const auto side = static_cast<Eigen::Index>(std::ceil(std::sqrt(static_cast<double>(r.count))));
  const double step = side > 1 ? 4.0 / static_cast<double>(side - 1) : 0;
  return generate(r.count, "Grid", random, [&](Eigen::Index i, Random& draws) {
    return jitter(static_cast<double>(i % side) * step - 2, static_cast<double>(i / side) * step - 2, 0,
                  0.1 * r.noise, draws);
  });
}

Dataset uniform(const Config& config, const std::string&, Random random) {
  return generate(request(config).count, "Uniform", random, [](Eigen::Index, Random& draws) {
    const double x = draws.uniform(-2, 2);
    return Placed{x, draws.uniform(-2, 2), 0};
  });
}

// On the line: bumps evenly spread over [-1.5, 1.5], 1.5 apart when there are two.
Dataset bumps(const Config& config, const std::string&, Random random) {
  const Request r = request(config);
  Dataset data;
  data.points.resize(r.count, 1);
  data.labels.resize(r.count);
  for (Eigen::Index i = 0; i < r.count; ++i) {
    const auto c = static_cast<int>(i % r.clusters);
    const double centre = r.clusters > 1 ? -1.5 + 3.0 * c / (r.clusters - 1) : 0;
    data.points(i, 0) = centre + r.noise * random.normal();
    data.labels[i] = c;
  }
  data.title = "Bumps";
  return data;
}

const std::vector<std::string> kCountNoise = {"data.count", "data.noise"};
const std::vector<std::string> kAll = {"data.count", "data.noise", "data.clusters"};

}  // namespace

DataSource blobs_source() { return {"blobs", "Blobs", "Round gaussian clouds.", kAll, {}, 2, blobs}; }
DataSource anisotropic_source() {
  return {"anisotropic", "Anisotropic", "Long gaussian clouds, each turned its own way.", kAll, {}, 2,
          anisotropic};
}
DataSource moons_source() {
  return {"moons", "Moons", "Two interleaved half circles.", kCountNoise, {}, 2, moons};
}
DataSource ring_source() { return {"ring", "Ring", "A circle.", kCountNoise, {}, 2, ring}; }
DataSource rings_source() { return {"rings", "Rings", "Circles in one another.", kAll, {}, 2, rings}; }
DataSource spiral_source() { return {"spiral", "Spiral", "Arms of a spiral.", kAll, {}, 2, spiral}; }
DataSource grid_source() { return {"grid", "Grid", "A square lattice.", kCountNoise, {}, 2, grid}; }
DataSource uniform_source() {
  return {"uniform", "Uniform", "Evenly over a square.", {"data.count"}, {}, 2, uniform};
}
DataSource bumps_source() { return {"bumps", "Bumps", "Gaussian bumps on the line.", kAll, {}, 1, bumps}; }

}  // namespace iem
