#include "core/labs/layer/model/keys.h"

#include <algorithm>
#include <iterator>

#include "core/config/choice.h"
#include "core/config/common_parameters.h"
#include "core/config/given_start.h"
#include "core/data/source.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

constexpr int kMostUnits = 256;

std::string where_there_is_a_readout(const Config& config) {
  return config.flag("model.readout") ? "" : "There is no read-out.";
}

Parameter of_readout(Parameter p) {
  p.unavailable = where_there_is_a_readout;
  p.switched_by = {"model.readout"};
  return p;
}

Parameter term_weight(const char* key, const char* label, const char* symbol, const char* help,
                      double default_value) {
  return {.key = key,
          .group = Group::objective,
          .effect = Effect::objective,
          .label = label,
          .symbol = symbol,
          .help = help,
          .default_value = default_value,
          .min = 0,
          .slider_min = 0,
          .slider_max = 2};
}

const Value* learned_blocks(const Config& config) {
  static const Value layer = std::vector<std::string>{"W", "b"},
                     both = std::vector<std::string>{"W", "b", "W_2", "b_2"};
  return config.flag("model.readout") ? &both : &layer;
}

std::vector<Parameter> layer_shape_parameters() {
  return {
      {.key = "model.distance",
       .group = Group::model,
       .kind = ParameterKind::choice,
       .effect = Effect::objective,
       .label = "Distance",
       .symbol = "\\varphi",
       .help = "How the signed coordinate z across a unit's line becomes a distance: both sides alike (abs, "
               "square), or one side only (relu, softplus).",
       .default_value = std::string("abs"),
       .choices = line_distance_names(),
       .choice_labels = line_distance_names(),
       .segments = true},
      {.key = "model.units",
       .group = Group::model,
       .kind = ParameterKind::integer,
       .effect = Effect::structure,
       .label = "Units",
       .symbol = "K",
       .help = "Number of rows of W.",
       .default_value = std::int64_t{6},
       .min = 1,
       .max = kMostUnits,
       .slider_min = 1,
       .slider_max = 64},
      temperature_parameter()};
}

std::vector<Parameter> layer_objective_parameters() {
  return {
      term_weight("model.lse_weight", "Log-sum-exp", "\\alpha",
                  "The units compete for the points: each point pulls on unit j with r_j.", 1.0),
      term_weight("model.variance_weight", "Variance", "\\beta",
                  "Keeps the distances of every unit from dying: the diagonal of a log-determinant.", 0.1),
      term_weight("model.decorrelation_weight", "Decorrelation", "\\gamma",
                  "Keeps units from being copies of each other: the squared correlations of their distances.",
                  0.1),
      term_weight("model.orthogonality_weight", "Orthogonality", "\\delta",
                  "Keeps the normals of the units at right angles.", 0.0),
      {.key = "model.readout",
       .group = Group::objective,
       .kind = ParameterKind::boolean,
       .effect = Effect::structure,
       .label = "Read-out",
       .symbol = "W_2",
       .help = "A second layer that reads classes off the distances; the data needs labels.",
       .default_value = false},
      of_readout(
          term_weight("model.readout_weight", "Cross-entropy", "\\rho", "How much the labels count.", 1.0)),
      of_readout({.key = "model.calibrate",
                  .group = Group::objective,
                  .kind = ParameterKind::boolean,
                  .effect = Effect::objective,
                  .label = "Calibrated",
                  .symbol = "t_j",
                  .help = "Adds the log-partition to every distance, so that exp(-t_j/tau) is r_j.",
                  .default_value = true})};
}

std::vector<Parameter> layer_start_parameters() {
  const auto of_layer = [](const char* key, const char* label, const char* help,
                           std::vector<std::int64_t> shape) {
    return given_block_parameter(key, label, help, std::move(shape));
  };
  const auto of_the_readout = [](const char* key, const char* label, const char* help,
                                 std::vector<std::int64_t> shape) {
    return given_block_parameter(key, label, help, std::move(shape), where_there_is_a_readout,
                                 {"model.readout"});
  };
  return {drawn_start_parameter(),
          // An explicit start gives W; the read-out may still be drawn.
          drawn_scale_parameter("Standard deviation of the weights that a random start draws.", 0.5, 5,
                                [](const Config& config) {
                                  return config.flag("model.readout") &&
                                         config.tensor("model.W_2").data.empty();
                                },
                                {"model.readout"}),
          of_layer("model.W", "W", "Initial weights of the units, K x D.", {-1, -1}),
          of_layer("model.b", "b", "Initial offsets of the units, K; zeros unless given.", {-1}),
          of_the_readout("model.W_2", "W_2", "Initial read-out, classes x K; drawn unless given.", {-1, -1}),
          of_the_readout("model.b_2", "b_2",
                         "Initial offsets of the read-out, one a class; zeros unless given.", {-1})};
}

Parameter learn_parameter() {
  Parameter p{.key = "model.learn",
              .group = Group::learning,
              .kind = ParameterKind::choices,
              .label = "Learn",
              .help = "Which parameters the rule may change.",
              .default_value = std::vector<std::string>{},
              .choices = {"W", "b", "W_2", "b_2"},
              .choice_labels = {"W", "b", "W_2", "b_2"},
              .choice_symbols = {"W", "b", "W_2", "b_2"},
              .advanced = true};
  p.default_in = learned_blocks;
  return p;
}

// view.*: those shared keys that the stages of lines and of filters use.
std::vector<Parameter> layer_stage_parameters() {
  std::vector<Parameter> out;
  for (Parameter& p : stage_parameters()) {
    if (p.key == "view.field" || p.key == "view.density" || p.key == "view.boundaries" ||
        p.key == "view.probe")
      continue;
    if (p.key == "view.trails") p.help = "The way the foot of each line has come, seen from the middle.";
    if (p.key == "view.pull") p.help = "Where the next step puts each line, dashed.";
    out.push_back(std::move(p));
  }
  out.push_back({.key = "view.bands",
                 .group = Group::view,
                 .kind = ParameterKind::boolean,
                 .effect = Effect::view,
                 .label = "Bands",
                 .help = "Where a unit's coordinate is between -1 and 1, as a pale band along its line.",
                 .default_value = true});
  return out;
}

// Lines have no M-step, so the rules that need one are left out.
std::vector<Parameter> layer_rule_parameters() {
  return optimizer_parameters({RuleNeed::m_step, RuleNeed::point_sums, RuleNeed::weights,
                               RuleNeed::value_step, RuleNeed::bound, RuleNeed::small_system});
}

void check_layer_learn(const Config& config) {
  if (config.flag("model.readout")) return;
  for (const std::string& name : config.list("model.learn"))
    if (name == "W_2" || name == "b_2")
      throw config.error("model.learn", "there is no " + name + " without model.readout = true");
}

Eigen::Index readout_classes(const Config& config, const Dataset& data) {
  if (!config.flag("model.readout")) return 0;
  if (!data.has_labels() || data.labels.maxCoeff() < 0)
    throw config.error("model.readout", "a read-out needs labels, and these points have none");
  Eigen::Index classes = data.labels.maxCoeff() + 1;
  if (config.text("model.init") != "explicit") return classes;
  for (const char* key : {"model.W_2", "model.b_2"})
    if (const Tensor& given = config.tensor(key); !given.data.empty())
      classes = std::max<Eigen::Index>(classes, given.shape[0]);
  return classes;
}

}  // namespace

std::vector<Parameter> layer_parameters() {
  std::vector<Parameter> all;
  for (auto part :
       {data_parameters(kAnyWidth), seed_parameters(), layer_shape_parameters(), layer_objective_parameters(),
        layer_start_parameters(), std::vector<Parameter>{learn_parameter()}, layer_rule_parameters(),
        schedule_parameters(), layer_stage_parameters()})
    std::move(part.begin(), part.end(), std::back_inserter(all));
  return all;
}

LineDistance distance_in(const Config& config) {
  return choice_of<LineDistance>(config, "model.distance", line_distance_names());
}

LayerOptions layer_options(const Config& config, const Dataset& data) {
  check_layer_learn(config);
  check_given_weights(config, data.points.cols());
  LayerOptions o;
  o.units = config.integer("model.units");
  o.inputs = data.dimension();
  o.distance = distance_in(config);
  o.lse_weight = config.real("model.lse_weight");
  o.variance_weight = config.real("model.variance_weight");
  o.decorrelation_weight = config.real("model.decorrelation_weight");
  o.orthogonality_weight = config.real("model.orthogonality_weight");
  o.classes = readout_classes(config, data);
  o.calibrate = config.flag("model.calibrate");
  o.readout_weight = o.has_readout() ? config.real("model.readout_weight") : 0;
  const auto& learn = config.list("model.learn");
  o.learn = {learn.begin(), learn.end()};
  return o;
}

}  // namespace iem
