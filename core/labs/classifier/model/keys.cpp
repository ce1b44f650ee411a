#include "core/labs/classifier/model/keys.h"

#include <algorithm>
#include <iterator>

#include "core/config/common_parameters.h"
#include "core/config/given_start.h"
#include "core/data/source.h"
#include "core/labs/classifier/model/experts_keys.h"
#include "core/labs/classifier/model/start.h"
#include "core/mixture/parameters.h"

namespace iem {
namespace {

const std::string kLinear = "linear";

std::string where_prototypes_are(const Config& config) {
  return has_linear_energy(config) ? "Linear energies have no prototypes." : "";
}
std::string where_classes_compete(const Config& config) {
  return has_sigmoids(config) ? "Independent sigmoids do not compete." : "";
}
std::string where_kappa_counts(const Config& config) {
  if (has_linear_energy(config))
    return "Linear energies have no volume: without the whole free phase J falls without end.";
  return where_classes_compete(config);
}
std::string where_labels_may_miss(const Config& config) {
  return has_sigmoids(config) ? "Independent sigmoids need a label for every point." : "";
}
std::string where_unlabelled_points_count(const Config& config) {
  if (has_sigmoids(config)) return where_labels_may_miss(config);
  if (has_linear_energy(config))
    return "Linear energies have no volume: points without a label are left out.";
  return data_source(config).is_given || config.real("data.labelled") < 1 ? "" : "Every point has a label.";
}
Parameter share_of_labels(const char* key, const char* label, const char* help, double default_value) {
  return {.key = key,
          .group = Group::data,
          .effect = Effect::data,
          .label = label,
          .help = help,
          .default_value = default_value,
          .min = 0,
          .max = 1,
          .slider_min = 0,
          .slider_max = 1};
}

std::vector<Parameter> label_parameters() {
  Parameter noise = share_of_labels("data.label_noise", "Label noise",
                                    "The probability that a label is replaced by another class.", 0);
  Parameter kept = share_of_labels("data.labelled", "Labels kept",
                                   "The probability that a point keeps its label; the others have none.", 1);
  also_unless(kept, where_labels_may_miss, {"model.objective"});
  return {noise, kept, held_out_parameter()};
}

Parameter learn_parameter() {
  Parameter learn{.key = "model.learn",
                  .group = Group::learning,
                  .kind = ParameterKind::choices,
                  .label = "Learn",
                  .help = "Which parameters the rule may change.",
                  .default_value = std::vector<std::string>{"W", "b"},
                  .default_in = learned_blocks_of_classes,
                  .choices = {"W", "b", "means", "covariances", "weights", "confusion", "slopes",
                              "intercepts", "noise_variances"},
                  .choice_labels = {"W", "b", "means", "covariances", "weights", "confusion", "slopes",
                                    "intercepts", "noise variances"},
                  .choice_symbols = {"W", "b", "", "", "", "", "", "", ""},
                  .advanced = true};
  return learn;
}

Parameter own_energy_parameter() {
  Parameter energy = energy_parameter();
  energy.help = "How far a point is from a class: by a linear function, or by the distance to a prototype.";
  energy.effect = Effect::structure;
  energy.default_value = kLinear;
  energy.choices.insert(energy.choices.begin(), kLinear);
  energy.segments = false;
  return energy;
}

std::string where_there_is_volume_of_classes(const Config& config) {
  if (has_linear_energy(config)) return where_prototypes_are(config);
  if (find_energy(config.text("model.energy"))->on_circle) return "Directions have no volume.";
  return has_sigmoids(config) ? "Independent sigmoids have no volume term." : "";
}

std::vector<Parameter> shape_of_classes() {
  Parameter classes{.key = "model.components",
                    .group = Group::model,
                    .kind = ParameterKind::integer,
                    .effect = Effect::structure,
                    .label = "Classes",
                    .symbol = "K",
                    .help = "How many classes there are; 0: as many as the labels name.",
                    .default_value = std::int64_t{0},
                    .min = 0,
                    .max = kMostPrototypes,
                    .slider_min = 0,
                    .slider_max = 12};
  classes.advanced = true;  // the labels say it
  return {
      own_energy_parameter(),
      classes,
      unless(covariance_parameter(), where_prototypes_are, {"model.energy"}),
      unless(volume_term_parameter(), where_there_is_volume_of_classes, {"model.objective", "model.energy"}),
      unless(temperature_parameter(), where_classes_compete, {"model.objective"}),
      unless(sigma_floor_parameter(), where_covariances_of_classes_are_learned,
             {"model.learn", "model.covariance", "model.energy", "model.experts"}),
      {.key = "model.background",
       .group = Group::model,
       .kind = ParameterKind::boolean,
       .effect = Effect::objective,
       .label = "Background",
       .help = "One more hypothesis with the same energy everywhere: none of the classes.",
       .default_value = false,
       .unavailable = where_classes_compete,
       .switched_by = {"model.objective"}},
      {.key = "model.background_energy",
       .group = Group::model,
       .effect = Effect::objective,
       .label = "Its energy",
       .symbol = "d_0",
       .help = "Where every class has a higher energy than this, the background takes the point.",
       .default_value = 4.0,
       .slider_min = -5,
       .slider_max = 15,
       .unavailable =
           [](const Config& config) {
             if (has_sigmoids(config)) return where_classes_compete(config);
             return config.flag("model.background") ? std::string() : std::string("There is no background.");
           },
       .switched_by = {"model.background", "model.objective"}},
  };
}

Parameter margin_of_classes() {
  Parameter margin = margin_parameter("The energy at which a class' own sigmoid is one half.");
  margin.default_in = [](const Config& config) -> const Value* {
    static const Value none = 0.0;
    return has_linear_energy(config) ? &none : nullptr;
  };
  return margin;
}

std::vector<Parameter> objective_of_classes() {
  return {
      {.key = "model.objective",
       .group = Group::objective,
       .kind = ParameterKind::choice,
       .effect = Effect::objective,
       .label = "Objective",
       .symbol = "J",
       .help = "In a cross-entropy the classes compete for the points; sigmoids ask each class by itself.",
       .default_value = std::string("cross_entropy"),
       .choices = class_objective_names()},
      {.key = "model.discriminative",
       .group = Group::objective,
       .effect = Effect::objective,
       .label = "Discriminative",
       .symbol = "\\kappa",
       .help = "0: each class fits its own points; 1: only what tells the classes apart counts.",
       .default_value = 1.0,
       .min = 0,
       .max = 1,
       .slider_min = 0,
       .slider_max = 1,
       .unavailable = where_kappa_counts,
       .switched_by = {"model.energy", "model.objective"}},
      {.key = "model.label_trust",
       .group = Group::objective,
       .effect = Effect::objective,
       .label = "Label trust",
       .symbol = "t",
       .help = "How far a label is believed: the probability that it is right; 1/K says nothing.",
       .default_value = 1.0,
       .min = 0,
       .max = 1,
       .slider_min = 0.5,
       .slider_max = 1,
       .unavailable = where_labels_are_trusted,
       .switched_by = {"model.responsibility", "model.objective"}},
      {.key = "model.learn_confusion",
       .group = Group::objective,
       .kind = ParameterKind::boolean,
       .effect = Effect::structure,
       .label = "Learn the noise",
       .symbol = "C_{jy}",
       .help = "Learns how often a point of class j is labelled y; the label trust is where that begins.",
       .default_value = false,
       .unavailable = where_labels_are_trusted,
       .switched_by = {"model.responsibility", "model.objective"}},
      {.key = "model.unlabelled_weight",
       .group = Group::objective,
       .effect = Effect::objective,
       .label = "Unlabelled weight",
       .symbol = "\\lambda",
       .help = "How much a point without a label counts beside one with a label.",
       .default_value = 1.0,
       .min = 0,
       .slider_min = 0,
       .slider_max = 1,
       .unavailable = where_unlabelled_points_count,
       .switched_by = {"model.energy", "model.objective", "data.labelled", "data.source"}},
      unless(responsibility_parameter(), where_classes_compete, {"model.objective"}),
      margin_of_classes(),
  };
}

std::string where_lines_are(const Config& config) {
  return has_linear_energy(config) ? "" : "Prototypes have no W and b.";
}

std::vector<Parameter> start_of_classes() {
  std::vector<Parameter> out = {
      {.key = "model.init",
       .group = Group::model,
       .kind = ParameterKind::choice,
       .effect = Effect::start,
       .label = "Start",
       .help =
           "Linear energies begin at 0, prototypes at the means of their classes, or where the scene says.",
       .default_value = std::string("random"),
       .choices = {"random", "explicit"},
       .choice_labels = {"from the labels", "as given"},
       .advanced = true},
      given_block_parameter("model.W", "Slopes", "Initial slopes of linear energies, K x 2.", {-1, 2},
                            where_lines_are, {"model.energy"}),
      given_block_parameter("model.b", "Offsets",
                            "Initial offsets of linear energies, K numbers; 0 unless given.", {-1},
                            where_lines_are, {"model.energy"}),
  };
  for (Parameter& p : out)
    if (p.key == "model.W" || p.key == "model.b") p.symbol = p.key.substr(6);
  for (Parameter& given : given_start_parameters())
    out.push_back(unless(std::move(given), where_prototypes_are, {"model.energy"}));
  return out;
}

}  // namespace

std::string where_labels_are_trusted(const Config& config) {
  if (has_sigmoids(config)) return where_classes_compete(config);
  return config.text("model.responsibility") == "softmax" ? "" : "Doubt in labels is for the softmax only.";
}

const Value* learned_blocks_of_classes(const Config& config) {
  if (const Value* of_experts = learned_blocks_of_experts(config)) return of_experts;
  using Names = std::vector<std::string>;
  static const Value linear = Names{"W", "b"}, linear_noise = Names{"W", "b", "confusion"},
                     prototypes = Names{"means", "covariances", "weights"},
                     prototypes_noise = Names{"means", "covariances", "weights", "confusion"};
  const bool noise = where_labels_are_trusted(config).empty() && config.flag("model.learn_confusion");
  if (has_linear_energy(config)) return noise ? &linear_noise : &linear;
  return noise ? &prototypes_noise : &prototypes;
}

bool has_linear_energy(const Config& config) { return config.text("model.energy") == kLinear; }

bool has_sigmoids(const Config& config) {
  return config.text("model.objective") == "sigmoid" && !has_experts(config);
}

std::vector<Parameter> classifier_parameters() {
  std::vector<Parameter> all;
  const auto append = [&](std::vector<Parameter> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
  };
  append(data_parameters(2));
  append(label_parameters());
  append(seed_parameters());
  append(shape_of_classes());
  append(experts_parameters());
  append(energy_parameters());
  append(objective_of_classes());
  append(start_of_classes());
  append({learn_parameter()});
  append(classifier_learning_parameters());
  append(stage_parameters());
  leave_to_classes(all);
  return all;
}

}  // namespace iem
