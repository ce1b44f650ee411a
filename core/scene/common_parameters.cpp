#include "core/scene/common_parameters.h"

#include "core/scene/config.h"

namespace iem {
namespace {

constexpr double kLargestSeed = 9007199254740992.0;  // 2^53: exact in every reader of numbers

Parameter seed(const char* key, const char* label, const char* help) {
  return {.key = key,
          .group = Group::schedule,
          .kind = ParameterKind::integer,
          .effect = Effect::start,
          .label = label,
          .help = help,
          .fallback = std::int64_t{0},
          .min = 0,
          .max = kLargestSeed,
          .slider_min = 0,
          .slider_max = 100,
          .in_panel = std::string_view(key) == "seed"};
}

Parameter stop(const char* key, const char* label, const char* symbol, const char* help) {
  return {.key = key,
          .group = Group::schedule,
          .label = label,
          .symbol = symbol,
          .help = help,
          .fallback = 0.0,
          .min = 0};
}

Parameter toggle(const char* key, const char* label, bool on, const char* help) {
  return {.key = key,
          .group = Group::view,
          .kind = ParameterKind::boolean,
          .effect = Effect::view,
          .label = label,
          .help = help,
          .fallback = on};
}

Parameter given_numbers(const char* key, const char* label, std::vector<std::int64_t> shape,
                        const char* help) {
  return {.key = key,
          .group = Group::view,
          .kind = ParameterKind::tensor,
          .effect = Effect::view,
          .label = label,
          .help = help,
          .fallback = Tensor{},
          .shape = std::move(shape),
          .in_panel = false};
}

std::string where_temperature_decays(const Config& config) {
  return config.real("schedule.temperature_decay") < 1 ? "" : "The temperature is constant.";
}

}  // namespace

std::vector<Parameter> seed_parameters() {
  return {seed("seed", "Seed", "Data, initialisation and mini-batches are derived from it."),
          seed("seeds.data", "Data seed", "Replaces the seed for the data."),
          seed("seeds.init", "Start seed", "Replaces the seed for the initialisation."),
          seed("seeds.batch", "Batch seed", "Replaces the seed for the mini-batches.")};
}

std::vector<Parameter> schedule_parameters() {
  std::vector<Parameter> all;
  all.push_back({.key = "schedule.temperature_decay",
                 .group = Group::schedule,
                 .label = "Temperature decay",
                 .help = "The temperature is multiplied by this in every step; 1 keeps it constant.",
                 .fallback = 1.0,
                 .min = 0,
                 .max = 1,
                 .min_open = true,
                 .slider_min = 0.9,
                 .slider_max = 1});
  all.push_back({.key = "schedule.temperature_end",
                 .group = Group::schedule,
                 .label = "Final temperature",
                 .symbol = "\\tau_{\\mathrm{end}}",
                 .help = "A decaying temperature stops here.",
                 .fallback = 0.01,
                 .min = 0,
                 .min_open = true,
                 .slider_min = 0.01,
                 .slider_max = 1,
                 .logarithmic = true,
                 .unavailable = where_temperature_decays});
  all.push_back({.key = "schedule.stop_steps",
                 .group = Group::schedule,
                 .kind = ParameterKind::integer,
                 .label = "Stop after",
                 .unit = "steps",
                 .help = "Playing stops after this many steps; 0 never.",
                 .fallback = std::int64_t{0},
                 .min = 0,
                 .slider_min = 0,
                 .slider_max = 1000});
  all.push_back(stop("schedule.stop_grad_norm", "Stop at gradient", "\\|\\partial J\\|",
                     "Playing stops when the gradient norm falls to this; 0 never."));
  all.push_back(stop("schedule.stop_loss_change", "Stop at change", "|\\Delta J|",
                     "Playing stops when a step changes the loss by no more than this; 0 never."));
  return all;
}

std::vector<Parameter> stage_parameters() {
  std::vector<Parameter> all;
  all.push_back({.key = "view.field",
                 .group = Group::view,
                 .kind = ParameterKind::choice,
                 .effect = Effect::view,
                 .label = "Field",
                 .help = "What is drawn behind the points.",
                 .fallback = std::string("responsibility"),
                 .choices = {"responsibility", "entropy", "density", "energy", "assignment", "off"}});
  all.push_back(toggle("view.density", "Density lines", true, "Iso-lines of the log density."));
  all.push_back(
      toggle("view.boundaries", "Boundaries", false, "Lines where two prototypes are equally responsible."));
  all.push_back(toggle("view.trails", "Trails", true, "The last positions of each prototype."));
  all.push_back(toggle("view.pull", "Pull arrows", true, "The gradient step, and where EM would go."));
  all.push_back({.key = "view.aspect",
                 .group = Group::view,
                 .kind = ParameterKind::choice,
                 .effect = Effect::view,
                 .label = "Aspect",
                 .help = "One unit of both axes has the same length, or each axis fills the stage.",
                 .fallback = std::string("equal"),
                 .choices = {"equal", "free"}});
  all.push_back(given_numbers("view.x", "Horizontal range", {2}, "What the stage shows; empty: the data."));
  all.push_back(given_numbers("view.y", "Vertical range", {2}, "What the stage shows; empty: the data."));
  all.push_back(given_numbers("view.probe", "Probe line", {2, 2},
                              "Two ends of the line along which the activation is derived."));
  all.push_back({.key = "view.pinned",
                 .group = Group::view,
                 .kind = ParameterKind::integer,
                 .effect = Effect::view,
                 .label = "Pinned point",
                 .help = "Index of the point whose numbers are shown; -1 is none.",
                 .fallback = std::int64_t{-1},
                 .min = -1,
                 .in_panel = false});
  return all;
}

}  // namespace iem
