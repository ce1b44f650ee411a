#include "core/config/common_parameters.h"

#include <algorithm>
#include <cmath>

#include "core/base/random.h"

namespace iem {
namespace {

constexpr const char* kSettledKey = "comparison.settled";
constexpr double kSettled = 1e-6;

Parameter seed(std::string key, std::string label, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.group = Group::schedule;
  p.kind = ParameterKind::integer;
  p.effect = Effect::start;
  p.label = std::move(label);
  p.help = std::move(help);
  p.default_value = std::int64_t{0};
  p.min = 0;
  p.max = static_cast<double>(kLargestSeed);
  p.slider_max = 100;
  p.follows = p.key.starts_with("seeds.");
  return p;
}

Parameter schedule(std::string key, std::string label, std::string symbol, std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.group = Group::schedule;
  p.label = std::move(label);
  p.symbol = std::move(symbol);
  p.help = std::move(help);
  p.default_value = 0.0;
  p.min = 0;
  return p;
}

Parameter shown(std::string key, ParameterKind kind, Value default_value, std::string label,
                std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.group = Group::view;
  p.kind = kind;
  p.effect = Effect::view;
  p.label = std::move(label);
  p.help = std::move(help);
  p.default_value = std::move(default_value);
  return p;
}

Parameter axis_range(std::string key, std::string label, std::string help) {
  Parameter p = shown(std::move(key), ParameterKind::tensor, Tensor{}, std::move(label), std::move(help));
  p.shape = {2};
  p.in_panel = false;  // the mouse wheel and dragging set it
  p.misfit = range_misfit;
  return p;
}

}  // namespace

std::string range_misfit(const Value& value) {
  const auto& ends = std::get<Tensor>(value).data;
  if (ends.empty()) return "";
  if (!(ends[0] < ends[1])) return "the first number must be less than the second";
  return std::isfinite(ends[1] - ends[0]) ? "" : "the range is too long: its length must be finite";
}

std::vector<Parameter> seed_parameters() {
  std::vector<Parameter> out = {
      seed("seed", "Seed", "The one number from which data, initialisation and mini-batches are drawn."),
      seed("seeds.data", "Data seed", "Draws the data; derived from the seed unless given."),
      seed("seeds.init", "Initialisation seed",
           "Draws the initial parameters; derived from the seed unless given."),
      seed("seeds.batch", "Mini-batch seed", "Draws the mini-batches; derived from the seed unless given."),
  };
  for (std::size_t i = 1; i < out.size(); ++i) out[i].in_panel = false;
  out[1].effect = Effect::data;  // other points under the same prototypes
  return out;
}

std::vector<Parameter> schedule_parameters() {
  Parameter end = schedule("schedule.temperature_end", "Final temperature", R"(\tau_{\mathrm{end}})",
                           "A falling temperature stops at this value.");
  end.default_value = 0.01;
  end.min_open = true;
  end.slider_min = 0.01;
  end.slider_max = 1;
  end.logarithmic = true;
  end.unavailable = [](const Config& config) -> std::string {
    return config.real("schedule.temperature_decay") < 1 ? ""
                                                         : "The temperature is constant: its decay is 1.";
  };
  end.switched_by = {"schedule.temperature_decay"};

  Parameter decay =
      schedule("schedule.temperature_decay", "Temperature decay", R"(\gamma)",
               "The temperature is multiplied by this factor after every step; 1 keeps it constant.");
  decay.default_value = 1.0;
  decay.min_open = true;
  decay.max = 1;
  decay.slider_min = 0.9;
  decay.slider_max = 1;

  Parameter steps = schedule("schedule.stop_steps", "Stop after", "", "The run stops after so many steps.");
  steps.kind = ParameterKind::integer;
  steps.default_value = std::int64_t{0};
  steps.unit = "steps";
  steps.max = 0x1p53;

  Parameter gradient =
      schedule("schedule.stop_grad_norm", "Stop at gradient below", R"(\|\partial J/\partial\theta\|)",
               "The run stops when the norm of the gradient is less than this; 0 never stops it.");
  gradient.slider_min = 1e-12;
  gradient.slider_max = 1e-2;
  gradient.logarithmic = true;

  Parameter loss =
      schedule("schedule.stop_loss_change", "Stop at loss change below", R"(|\Delta J|)",
               "The run stops when a step changes the loss by less than this; 0 never stops it.");
  loss.unit = "nats";
  loss.slider_min = 1e-15;
  loss.slider_max = 1e-3;
  loss.logarithmic = true;
  gradient.advanced = loss.advanced = true;
  // The two keys determine the temperature of the present step.
  decay.effect = end.effect = Effect::objective;

  return {decay, end, steps, gradient, loss};
}

Parameter temperature_parameter() {
  return {.key = "model.temperature",
          .group = Group::model,
          .effect = Effect::objective,
          .label = "Temperature",
          .symbol = "\\tau",
          .help = "Small is hard assignment, large is uniform.",
          .default_value = 1.0,
          .min = 0,
          .min_open = true,
          .slider_min = 0.05,
          .slider_max = 20,
          .logarithmic = true};
}

std::vector<Parameter> comparison_parameters() {
  Parameter settled = shown(kSettledKey, ParameterKind::real, kSettled, "Settled",
                            "A run has settled when J is so near to J*.");
  settled.symbol = "J-J^{*}<";
  settled.min = 0;
  settled.min_open = true;
  Parameter best =
      shown("comparison.best", ParameterKind::tensor, Tensor{}, "Best",
            "J*: the J that runs are measured against; not given: the lowest any of them reaches.");
  best.symbol = "J^{*}";
  best.shape = {1};  // a number
  for (Parameter* each : {&settled, &best}) each->group = Group::compare, each->in_panel = false;
  return {settled, best};
}

double settled_tolerance(const Config& config) {
  return config.table().find(kSettledKey) ? config.real(kSettledKey) : kSettled;
}

std::optional<double> given_best(const Config& config) {
  if (!config.table().find("comparison.best")) return std::nullopt;
  const Tensor& best = config.tensor("comparison.best");
  return best.data.empty() ? std::nullopt : std::optional(best.data[0]);
}

std::vector<Parameter> stage_parameters() {
  Parameter field = shown("view.field", ParameterKind::choice, "responsibility", "Field",
                          "What colours the plane behind the points.");
  field.choices = {"responsibility", "entropy", "density", "energy", "assignment", "gradient", "off"};
  Parameter aspect =
      shown("view.aspect", ParameterKind::choice, "automatic", "Axes",
            "Equal: one unit is as long on both axes, circles look round; free: each axis fills its side; "
            "automatic: free where own data reach five times as far along one axis as along the other.");
  aspect.choices = {"automatic", "equal", "free"};
  Parameter probe = shown("view.probe", ParameterKind::tensor, Tensor{}, "Probe line",
                          "The two ends of the line along which the activation is derived.");
  probe.shape = {2, 2};
  probe.in_panel = false;  // its handles are on the stage
  probe.misfit = [](const Value& value) -> std::string {
    const auto& p = std::get<Tensor>(value).data;
    return p.empty() || p[0] != p[2] || p[1] != p[3] ? "" : "the two ends must differ";
  };
  Parameter pinned = shown("view.pinned", ParameterKind::integer, std::int64_t{-1}, "Pinned point",
                           "The number of the point whose responsibilities are written out; -1 for none.");
  pinned.min = -1;
  pinned.max = 0x1p53;
  pinned.in_panel = false;
  return {
      field,
      aspect,
      shown("view.density", ParameterKind::boolean, true, "Density lines", "Lines of equal mixture density."),
      shown("view.trails", ParameterKind::boolean, true, "Trails", "The way each prototype has come."),
      shown("view.pull", ParameterKind::boolean, true, "Pull",
            "The gradient step of each prototype as an arrow, beside the target of EM."),
      shown("view.boundaries", ParameterKind::boolean, true, "Boundaries",
            "Where two prototypes take equal responsibility."),
      axis_range("view.x", "Horizontal range",
                 "The ends of the horizontal axis; fitted to the data unless given."),
      axis_range("view.y", "Vertical range",
                 "The ends of the vertical axis; fitted to the data unless given."),
      probe,
      pinned,
  };
}

std::vector<Parameter> reduced_view_parameters() {
  const std::vector<std::string> all;
  std::vector<Parameter> out = {shown("view.show", ParameterKind::choices, all, "Shown panels",
                                      "The panels and figures that the window shows; not given: all."),
                                shown("view.controls", ParameterKind::choices, all, "Controls",
                                      "The keys and elements that can be changed by hand; not given: all."),
                                shown("view.lock", ParameterKind::boolean, false, "Locked",
                                      "Nothing outside of view.controls reacts.")};
  for (Parameter& each : out) each.in_panel = false;
  return out;
}

void also_unless(Parameter& parameter, std::function<std::string(const Config&)> reason,
                 std::vector<std::string> by) {
  parameter.unavailable = [before = std::move(parameter.unavailable),
                           reason = std::move(reason)](const Config& config) {
    std::string already = before ? before(config) : std::string();
    return already.empty() ? reason(config) : already;
  };
  for (std::string& key : by)
    if (std::ranges::find(parameter.switched_by, key) == parameter.switched_by.end())
      parameter.switched_by.push_back(std::move(key));
}

Parameter unless(Parameter parameter, std::function<std::string(const Config&)> reason,
                 std::vector<std::string> by) {
  also_unless(parameter, std::move(reason), std::move(by));
  return parameter;
}

void replace_seed(Config& config, std::int64_t seed, const SourcePosition& where) {
  for (const char* key : {"seeds.data", "seeds.init", "seeds.batch"}) config.reset(key);
  config.set("seed", seed, where);
}

std::uint64_t stream_seed(const Config& config, std::string_view stream) {
  const std::string key = "seeds." + std::string(stream);
  if (config.is_set(key)) return static_cast<std::uint64_t>(config.integer(key));
  return derived_seed(static_cast<std::uint64_t>(config.integer("seed")), stream);
}

}  // namespace iem
