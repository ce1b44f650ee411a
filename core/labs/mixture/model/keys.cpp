#include "core/labs/mixture/model/keys.h"

#include <algorithm>
#include <iterator>

#include "core/base/check.h"
#include "core/config/choice.h"
#include "core/config/common_parameters.h"
#include "core/data/source.h"
#include "core/energy/energy.h"
#include "core/mixture/parameters.h"
#include "core/mixture/start.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

std::string where_there_is_volume(const Config& config) {
  if (find_energy(config.text("model.energy"))->on_circle) return "Directions have no volume.";
  return config.text("model.objective") == "log_sum_exp" ? "" : "This objective has no volume term.";
}

std::vector<Parameter> shape_parameters() {
  return {
      {.key = "model.components",
       .group = Group::model,
       .kind = ParameterKind::integer,
       .effect = Effect::structure,
       .label = "Prototypes",
       .symbol = "K",
       .help = "Number of components of the mixture.",
       .default_value = std::int64_t{3},
       .min = 1,
       .max = kMostPrototypes,
       .slider_min = 1,
       .slider_max = 16},
      energy_parameter(),
      covariance_parameter(),
      unless(volume_term_parameter(), where_there_is_volume, {"model.objective", "model.energy"}),
      unless(temperature_parameter(), where_there_is_temperature, {"model.objective"}),
      {.key = "model.learn",
       .group = Group::learning,
       .kind = ParameterKind::choices,
       .label = "Learn",
       .help = "Which parameters the rule may change.",
       .default_value = std::vector<std::string>{"means", "covariances", "weights"},
       .choices = {"means", "covariances", "weights"},
       .advanced = true},
      unless(sigma_floor_parameter(), where_covariances_are_learned, {"model.learn", "model.covariance"}),
  };
}

std::string where_it_is_log_sum_exp(const Config& config) {
  return config.text("model.objective") == "log_sum_exp" ? "" : "This objective has no responsibilities.";
}

std::vector<Parameter> objective_parameters() {
  return {
      {.key = "model.objective",
       .group = Group::objective,
       .kind = ParameterKind::choice,
       .effect = Effect::objective,
       .label = "Objective",
       .symbol = "J",
       .help = "Log-sum-exp makes the prototypes compete for the points; the others let each pull by itself.",
       .default_value = std::string("log_sum_exp"),
       .choices = objective_names()},
      unless(responsibility_parameter(), where_it_is_log_sum_exp, {"model.objective"}),
      {.key = "model.correntropy_scale",
       .group = Group::objective,
       .effect = Effect::objective,
       .label = "Scale",
       .symbol = "s",
       .help = "Points farther than a few scales from every prototype stop pulling.",
       .default_value = 1.0,
       .min = 0,
       .min_open = true,
       .slider_min = 0.1,
       .slider_max = 10,
       .logarithmic = true,
       .unavailable =
           [](const Config& config) {
             return config.text("model.objective") == "correntropy" ? std::string()
                                                                    : "Only correntropy has a scale.";
           },
       .switched_by = {"model.objective"}},
      margin_parameter("Energy at which a prototype's own sigmoid is one half."),
  };
}

std::vector<Parameter> start_parameters() {
  return {
      {.key = "model.init",
       .group = Group::model,
       .kind = ParameterKind::choice,
       .effect = Effect::start,
       .label = "Start",
       .help =
           "Where the prototypes begin: anywhere, on points, on points far apart, or where the scene says.",
       .default_value = std::string("kmeans++"),
       .choices = start_names(),
       .advanced = true},
  };
}

// The number of different points, counted up to `enough`.
int distinct_points(const Dataset& data, int enough) {
  std::vector<Eigen::Index> seen;
  for (Eigen::Index i = 0; i < data.size() && static_cast<int>(seen.size()) < enough; ++i) {
    const bool known = std::any_of(seen.begin(), seen.end(), [&](Eigen::Index other) {
      return data.points.row(other) == data.points.row(i);
    });
    if (!known) seen.push_back(i);
  }
  return static_cast<int>(seen.size());
}

std::string only(std::int64_t count, const std::string& thing) {
  return count == 1 ? "there is only 1 " + thing
                    : "there are only " + std::to_string(count) + " " + thing + "s";
}

// Where the number of prototypes is the default, the points are what the scene says.
InputError too_few(const Config& config, const std::string& what_there_is) {
  return value_error("model.components", config.value("model.components"),
                     what_there_is + "; use at most as many prototypes",
                     config.position_of_set({"model.components", "data.count", "data.points", "data.path"}));
}

}  // namespace

std::vector<Parameter> mixture_parameters() {
  std::vector<Parameter> all;
  const auto append = [&](std::vector<Parameter> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
  };
  append(data_parameters(2));
  append({held_out_parameter()});
  append(seed_parameters());
  append(shape_parameters());
  append(energy_parameters());
  append(objective_parameters());
  append(start_parameters());
  append(given_start_parameters());
  append(mixture_learning_parameters());
  append(stage_parameters());
  auto& fields = std::ranges::find(all, "view.field", &Parameter::key)->choices;
  fields.insert(fields.end() - 1, "difference");  // of two runs; "off" stays the last
  return all;
}

MixtureOptions mixture_options(const Config& config, const Dataset& data) {
  MixtureOptions options;
  options.components = static_cast<int>(config.integer("model.components"));
  if (options.components > data.size()) throw too_few(config, only(data.size(), "point"));
  if (const int distinct = distinct_points(data, options.components); distinct < options.components)
    throw too_few(config, only(distinct, "distinct point"));
  options.energy = find_energy(config.text("model.energy"));
  IEM_CHECK(options.energy != nullptr);
  options.shape = energy_shape(*options.energy, config);
  options.covariance = covariance_kind(config);
  const auto& learn = config.list("model.learn");
  const auto learns = [&](const char* block) {
    return std::find(learn.begin(), learn.end(), block) != learn.end();
  };
  options.learn_means = learns("means");
  options.learn_covariances = learns("covariances");
  options.learn_weights = learns("weights");
  check_directions(config, *options.energy, data);
  options.objective = choice_of<Objective>(config, "model.objective", objective_names());
  options.responsibility = choice_of<Responsibility>(config, "model.responsibility", responsibility_names());
  if (options.objective == Objective::correntropy) {
    if (options.energy->id != "gaussian")
      throw config.error("model.objective",
                         "correntropy is a function of the gaussian energy; choose gaussian");
    options.objective_width = config.real("model.correntropy_scale");
  }
  if (options.objective == Objective::sigmoid) options.objective_width = config.real("model.margin");
  options.volume_term = config.flag("model.volume_term");
  options.sigma_floor = config.real("model.sigma_floor");
  options.compare_held_out = data.held_out != nullptr;
  return options;
}

}  // namespace iem
