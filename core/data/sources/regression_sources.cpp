// Points (x, y) of which y follows x by more than one line; labels say by which.
#include <cmath>

#include "core/data/sources/sources.h"

namespace iem {
namespace {

constexpr double kHalfWidth = 3;  // x is uniform on [-3, 3]

// Points whose x is drawn in their order, with y = line(x, which) + noise; `which` follows from the index of
// the point.
template <class Line>
Dataset follow(const Config& config, Random& random, Line line) {
  Dataset data;
  const Eigen::Index count = config.integer("data.count");
  const double noise = config.real("data.noise");
  data.points.resize(count, 2);
  data.labels.resize(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const double x = random.uniform(-kHalfWidth, kHalfWidth);
    const auto [y, label] = line(x, static_cast<int>(i % 2));
    data.points.row(i) << x, y + noise * random.normal();
    data.labels(i) = label;
  }
  data.names = {"x", "y"};
  return data;
}

Dataset make_crossing(const Config& config, const std::string&, Random& random) {
  return follow(config, random, [](double x, int which) {
    return which == 0 ? std::pair(0.8 * x + 0.3, 0) : std::pair(-0.6 * x - 0.3, 1);
  });
}

Dataset make_kink(const Config& config, const std::string&, Random& random) {
  return follow(config, random,
                [](double x, int) { return x < 0 ? std::pair(-0.9 * x - 1, 0) : std::pair(1.1 * x - 1, 1); });
}

}  // namespace

DataSource crossing_source() {
  return {"crossing",
          "Two lines",
          "Two lines that cross: at every x there are points of both.",
          {"data.count", "data.noise"},
          {},
          2,
          make_crossing};
}

DataSource kink_source() {
  return {"kink", "A kink", "A line that turns at x = 0.", {"data.count", "data.noise"}, {}, 2, make_kink};
}

}  // namespace iem
