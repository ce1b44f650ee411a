#include "core/labs/activation/model/metrics.h"

#include "core/labs/activation/model/curves.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

Hypotheses hypotheses_of(const Run& run) {
  return static_cast<const LineModel&>(*run.setup().model).hypotheses(run.state().theta, run.temperature());
}

Tensor activation_at(const Run& run, std::span<const double> z) {
  const Hypotheses h = hypotheses_of(run);
  return {{}, {value_of(h, posterior(h, z[0]), statistic_of(run.setup().config()))}};
}
Tensor slope_at(const Run& run, std::span<const double> z) {
  const Hypotheses h = hypotheses_of(run);
  return {{}, {derivative_of(h, posterior(h, z[0]), statistic_of(run.setup().config()))}};
}
Tensor responsibility_at(const Run& run, std::span<const double> z) {
  const Hypotheses h = hypotheses_of(run);
  const Posterior at = posterior(h, z[0]);
  return {{h.count}, {at.r.begin(), at.r.begin() + h.count}};
}

const NamedFunction* overlay_of(const Run& run) {
  return find_named_function(run.setup().config().text("view.overlay"));
}
Tensor difference(const Run& run, std::span<const double>) {
  const auto snapshot = take_snapshot(run);
  return {{}, {largest_difference(activation_curves(*snapshot, snapshot->config()), *overlay_of(run)).value}};
}
std::string without_overlay(const Run& run) {
  return overlay_of(run) == nullptr ? "No function is laid over the activation (view.overlay)." : "";
}

}  // namespace

const std::vector<Metric>& activation_metrics() {
  static const std::vector<Metric> all = share_metrics({
      model_metric("m", "Where the signs are."),
      model_metric("scale", "The scale of the kernel."),
      model_metric("prior", "The prior of the sign +1."),
      {.id = "activation",
       .help = "a(z), the statistic that is read out.",
       .arguments = {"z"},
       .value = activation_at},
      {.id = "slope", .help = "da/dz.", .arguments = {"z"}, .value = slope_at},
      {.id = "responsibility",
       .help = "r_h(z), one a hypothesis.",
       .arguments = {"z"},
       .value = responsibility_at},
      {.id = "difference",
       .help = "The largest difference to the function that is laid over the activation.",
       .unavailable = without_overlay,
       .value = difference},
  });
  return all;
}

}  // namespace iem
