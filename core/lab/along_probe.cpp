#include "core/lab/along_probe.h"

#include <algorithm>
#include <cmath>

#include "core/energy/line_kernel.h"
#include "core/lab/activation_lab.h"
#include "core/lab/mixture_figures.h"
#include "core/model/hypotheses.h"

namespace iem {
namespace {

// Of the probe line, or of the first axis where there is none.
Eigen::Vector2d direction(const View& view) {
  const std::vector<double>& p = view.config.tensor("view.probe").data;
  if (p.size() != 4) return {1, 0};
  const Eigen::Vector2d along(p[2] - p[0], p[3] - p[1]);
  return along.norm() > 0 ? Eigen::Vector2d(along.normalized()) : Eigen::Vector2d(1, 0);
}

Tensor column(std::vector<double> numbers, bool as_points) {
  const auto n = static_cast<std::int64_t>(numbers.size());
  return as_points ? Tensor{{n, 1}, std::move(numbers)} : Tensor{{n}, std::move(numbers)};
}

}  // namespace

std::string along_probe_unavailable(const Snapshot& snapshot) {
  if (snapshot.setup->lab->id() != "mixture") return "Only a mixture has a probe line.";
  const Mixture& model = mixture_of(snapshot);
  if (model.components() < 2 || model.components() > kMostHypotheses)
    return "The line holds 2 to 16 prototypes.";
  const LineKernel* kernel = find_line_kernel(model.options().energy->id);
  return kernel ? "" : "This energy has no form on the line.";
}

Scene along_probe(const Snapshot& snapshot, const View& view) {
  const Eigen::Vector2d n = direction(view);
  const Eigen::VectorXd t = snapshot.data().points * n;
  std::vector<double> places, weights;
  double square = 0;
  for (const MixtureComponent& c : mixture_of(snapshot).unpack(snapshot.state.theta)) {
    places.push_back(c.mu_x * n[0] + c.mu_y * n[1]);
    weights.push_back(c.weight);
    square += c.weight * (c.sigma.xx * n[0] * n[0] + 2 * c.sigma.xy * n[0] * n[1] + c.sigma.yy * n[1] * n[1]);
  }
  const Config& mixture = snapshot.config();
  const Scene& from = snapshot.setup->scene;
  Scene scene{{}, {}, {}, {}, {}, Config("activation", activation_lab().parameters())};
  scene.name = from.name + "_along_probe";
  scene.title = (from.title.empty() ? from.name : from.title) + ", along the probe line";
  scene.description =
      "Points, means and weights of the mixture, projected onto its probe line; one common scale.";
  Config& config = scene.config;
  config.set("data.source", std::string("inline"));
  config.set("data.points", column({t.begin(), t.end()}, true));
  config.set("model.hypotheses", std::string("prototypes"));
  config.set("model.energy", mixture.text("model.energy"));
  config.set("model.positions", column(places, false));
  config.set("model.weights", column(weights, false));
  config.set("model.scale", std::sqrt(square));
  config.set("model.temperature", snapshot.temperature);
  for (const Parameter& p : config.table().all()) {  // what both labs call the same
    const bool shared = p.group == Group::energy || p.key == "optimizer.learning_rate";
    const Parameter* there = mixture.table().find(p.key);
    if (shared && there && mixture.is_set(p.key) && !config.is_set(p.key) && there->kind == p.kind)
      config.set(p.key, mixture.value(p.key));
  }
  const auto [lo, hi] = std::minmax_element(t.begin(), t.end());
  const double margin = 0.1 * std::max(*hi - *lo, 1e-6);
  config.set("view.z", Tensor{{2}, {*lo - margin, *hi + margin}});
  config.set("view.at", places.front());
  return scene;
}

}  // namespace iem
