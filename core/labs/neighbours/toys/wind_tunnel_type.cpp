// The table entry of the wind tunnel: its keys, its metrics and its handles.
#include <algorithm>

#include "core/data/sources/toy_sources.h"
#include "core/labs/neighbours/toys/wind_tunnel.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

std::string only_tracking(const Config& config) {
  return config.text("model.game") == "tracking" ? "" : "The game of elimination has one number.";
}
std::string only_elimination(const Config& config) {
  return config.text("model.game") == "elimination" ? "" : "Tracking has three places.";
}

std::vector<Parameter> tunnel_keys() {
  return {{.key = "model.game",
           .group = Group::model,
           .kind = ParameterKind::choice,
           .effect = Effect::structure,
           .label = "Game",
           .help = "Where is it, from noisy observations; or which symbols are left.",
           .default_value = std::string("tracking"),
           .choices = {"tracking", "elimination"}},
          {.key = "model.head",
           .group = Group::model,
           .kind = ParameterKind::choice,
           .effect = Effect::structure,
           .label = "Learned",
           .help = "One factor of keys that are right otherwise, or all keys.",
           .default_value = std::string("scale"),
           .choices = {"scale", "keys"},
           .choice_labels = {"one factor", "all keys"},
           .unavailable = only_tracking,
           .switched_by = {"model.game"}},
          {.key = "model.symbols",
           .group = Group::model,
           .kind = ParameterKind::integer,
           .effect = Effect::objective,
           .label = "Symbols",
           .symbol = "n",
           .help = "How many symbols there are.",
           .default_value = std::int64_t{6},
           .min = 2,
           .max = 200,
           .slider_min = 2,
           .slider_max = 20,
           .unavailable = only_elimination,
           .switched_by = {"model.game"}}};
}

std::string tunnel_objective_tex(const Config& config) {
  if (config.text("model.game") == "elimination")
    return "J=\\frac1n\\sum_{k=0}^{n-1}\\log\\left(n-k+k\\,e^{-M}\\right)";
  return std::string(
      "J=-\\overline{\\log p_h},\\quad p=\\mathrm{softmax}(k\\cdot q),\\quad q_t=(\\sum_{s\\leq t}x_s,t)");
}

// Dragging the entropy after `seen` symbols sets M, with which it falls from log n to log(n - k).
std::optional<Edit> entropy_moved(const WindTunnel& model, int seen, double entropy) {
  if (seen < 1 || seen >= model.symbols()) return std::nullopt;
  const auto k = static_cast<std::size_t>(seen);
  double lo = 0, hi = 40;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = (lo + hi) / 2;
    (model.elimination(middle)[k] > entropy ? lo : hi) = middle;
  }
  return Edit{"state.M", Tensor{{1, 1}, {lo}}};
}

// Moves a key, relative to the mean of the keys; with a single factor it slides along its ray.
std::optional<Edit> tunnel_moved(ElementId::Kind kind, const Drag& drag) {
  const WindTunnel& model = tunnel_of(drag.now);
  const auto places = static_cast<int>(kPlaces.size());
  if (kind != ElementId::Kind::prototype) return std::nullopt;
  if (!model.is_tracking()) return entropy_moved(model, drag.index, drag.y);
  if (drag.index < 0 || drag.index >= places) return std::nullopt;
  const Eigen::MatrixXd keys = model.keys(drag.now.state.theta);
  const Eigen::RowVector2d mean = keys.colwise().mean(), to(drag.x, drag.y);
  if (model.learns_keys()) {
    const Eigen::RowVector2d moved = keys.row(drag.index) + 1.5 * (to - (keys.row(drag.index) - mean));
    return row_moved(drag.now, "keys", drag.index, moved[0], moved[1]);
  }
  Eigen::MatrixXd ray = model.bayesian_keys() / model.inverse_variance();
  ray.rowwise() -= ray.colwise().mean().eval();
  const double scale = ray.row(drag.index).dot(to) / ray.row(drag.index).squaredNorm();
  return Edit{"state.scale", Tensor{{1, 1}, {scale}}};
}

const WindTunnel* tracking_in(const Run& run) {
  const auto* model = dynamic_cast<const WindTunnel*>(run.setup().model.get());
  return model && model->is_tracking() ? model : nullptr;
}
std::string where_places_are_tracked(const Run& run) {
  return tracking_in(run) ? "" : "No place is tracked here.";
}

Metric tracking_metric(const char* id, const char* help,
                       std::function<Tensor(const Run&, std::span<const double>)> value) {
  Metric out{.id = id, .help = help};
  out.unavailable = where_places_are_tracked;
  out.value = std::move(value);
  return out;
}

Tensor list_of(const Eigen::VectorXd& numbers) {
  return {{numbers.size()}, {numbers.begin(), numbers.end()}};
}

std::vector<Metric> tunnel_metrics() {
  using Arguments = std::span<const double>;
  return {model_metric("entropy_gap",
                       "The largest difference of mean entropies, the head against the Bayesian.", "nats"),
          model_metric("learned", "What is learned: the factor, M, or the first entry of the first key."),
          tracking_metric(
              "posterior_gap", "The mean |p - posterior| of the head.",
              [](const Run& run, Arguments) {
                return Tensor{{}, {tracking_in(run)->posterior_gap(run.state().theta, *run.setup().data)}};
              }),
          tracking_metric("head_entropies", "The head's mean entropy after 1, 2, ... observations.",
                          [](const Run& run, Arguments) {
                            const WindTunnel& model = *tracking_in(run);
                            return list_of(model.entropies(model.keys(run.state().theta), *run.setup().data));
                          }),
          tracking_metric(
              "posterior_entropies", "The Bayesian's mean entropy after 1, 2, ... observations.",
              [](const Run& run, Arguments) { return list_of(tracking_in(run)->bayesian_entropies()); }),
          tracking_metric("bayesian_loss", "The Bayesian's own cross-entropy on these episodes.",
                          [](const Run& run, Arguments) {
                            return Tensor{{}, {tracking_in(run)->bayesian_loss(*run.setup().data)}};
                          }),
          tracking_metric(
              "scale_error", "The standard error of the factor, by episodes.", [](const Run& run, Arguments) {
                const WindTunnel& model = *tracking_in(run);
                const double scale = model.learns_keys() ? model.inverse_variance() : run.state().theta[0];
                return Tensor{{}, {model.standard_error(scale, *run.setup().data)}};
              })};
}

}  // namespace

ToyType wind_tunnel_toy() {
  return {
      .id = "wind_tunnel",
      .label = "Wind tunnel",
      .help = "Entropy falls as evidence comes in, and the head becomes a Bayesian.",
      .paper = "Agarwal, Dalal & Misra 2025",
      .limits =
          "The head can be a Bayesian because its scores are linear in what is sufficient to know, and "
          "cross-entropy makes it one; on the episodes it learns from it may even be a little better. "
          "It does not show that a trained transformer is one.",
      .keys = tunnel_keys(),
      .source = "evidence",
      .data = {{"data.count", std::int64_t{1000}}, {"data.noise", 1.5}},
      .layouts = {{"scale"}, {"keys"}, {"M"}},
      .layout = [](const Config& config) -> std::size_t {
        if (config.text("model.game") == "elimination") return 2;
        return config.text("model.head") == "keys" ? 1 : 0;
      },
      .make = [](const Config& config, const Dataset& data) -> std::shared_ptr<const Toy> {
        static const ToyType type = wind_tunnel_toy();
        return std::make_shared<const WindTunnel>(type, config, data);
      },
      .objective_tex = tunnel_objective_tex,
      .stage = tunnel_stage,
      .moved = tunnel_moved,
      .figures = {{.id = "evidence",
                   .title = "Entropy over evidence",
                   .help = "The mean entropy of what the head says, beside what can be known.",
                   .make = tunnel_entropy_figure},
                  {.id = "learned",
                   .title = "What is learned",
                   .help = "The factor, M, or the first entry of the first key over steps.",
                   .make = tunnel_learned_figure},
                  {.id = "manifold",
                   .title = "Way of the output",
                   .help =
                       "Values at the corners of a triangle: the output walks to one as evidence comes in.",
                   .make = tunnel_manifold_figure,
                   .unavailable = only_tracking},
                  {.id = "ruled_out",
                   .title = "Left to what is ruled out",
                   .help = "The share that symbols have which were seen already.",
                   .make = tunnel_ruled_out_figure,
                   .unavailable = only_elimination}},
      .metrics = tunnel_metrics(),
      .plots = {{"evidence", "manifold", "loss", "identity"},
                {"evidence", "manifold", "loss", "identity"},
                {"learned", "ruled_out", "loss", "identity"}}};
}

}  // namespace iem
