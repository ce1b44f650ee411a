#include "core/labs/classifier/model/experts_keys.h"

#include <algorithm>
#include <set>

#include "core/config/common_parameters.h"
#include "core/config/given_start.h"
#include "core/labs/classifier/model/keys.h"
#include "core/mixture/parameters.h"

namespace iem {
namespace {

constexpr int kMostExperts = 12;

std::string where_experts_have_lines(const Config& config) {
  return has_experts(config) ? "" : "Only experts have lines.";
}

Parameter line_parameter(const char* key, const char* label, const char* symbol, const char* help) {
  Parameter p = given_block_parameter(key, label, help, {-1}, where_experts_have_lines, {"model.experts"});
  p.symbol = symbol;
  return p;
}

}  // namespace

bool has_experts(const Config& config) { return config.integer("model.experts") > 0; }

std::vector<Parameter> experts_parameters() {
  Parameter variances = line_parameter("model.noise_variances", "Noise variances", "\\sigma_h^2",
                                       "Initial variances about the lines of experts; those of the points "
                                       "unless given.");
  variances.min = 0;
  variances.min_open = true;
  return {
      {.key = "model.experts",
       .group = Group::model,
       .kind = ParameterKind::integer,
       .effect = Effect::structure,
       .label = "Experts",
       .symbol = "H",
       .help = "0: classes answer for the points; more: so many lines y = ax + b do, and a gate says by x "
               "which.",
       .default_value = std::int64_t{0},
       .min = 0,
       .max = kMostExperts,
       .slider_min = 0,
       .slider_max = 6},
      line_parameter("model.slopes", "Slopes of lines", "\\alpha_h",
                     "Initial slopes of the lines of experts."),
      line_parameter("model.intercepts", "Intercepts", "\\beta_h",
                     "Initial heights of the lines of experts at x = 0; 0 unless given."),
      variances};
}

void leave_to_classes(std::vector<Parameter>& keys) {
  static const std::set<std::string> of_classes = {"data.label_noise",
                                                   "data.labelled",
                                                   "model.components",
                                                   "model.objective",
                                                   "model.label_trust",
                                                   "model.learn_confusion",
                                                   "model.unlabelled_weight",
                                                   "model.margin",
                                                   "model.background",
                                                   "model.background_energy",
                                                   "model.responsibility",
                                                   "model.W",
                                                   "model.b",
                                                   "model.means",
                                                   "model.covariances",
                                                   "model.weights",
                                                   "view.field",
                                                   "view.boundaries",
                                                   "view.residuals",
                                                   "view.trails"};
  for (Parameter& key : keys)
    if (of_classes.contains(key.key))
      also_unless(key,
                  [](const Config& config) {
                    return has_experts(config)
                               ? std::string("Experts answer with lines; there are no classes.")
                               : std::string();
                  },
                  {"model.experts"});
}

const Value* learned_blocks_of_experts(const Config& config) {
  using Names = std::vector<std::string>;
  static const Value linear = Names{"W", "b", "slopes", "intercepts", "noise_variances"},
                     prototypes =
                         Names{"means", "covariances", "weights", "slopes", "intercepts", "noise_variances"};
  if (!has_experts(config)) return nullptr;
  return has_linear_energy(config) ? &linear : &prototypes;
}

ExpertsOptions experts_options(const Config& config, const Dataset& data) {
  ExpertsOptions out;
  out.experts = static_cast<int>(config.integer("model.experts"));
  out.linear_gate = has_linear_energy(config);
  if (!out.linear_gate) {
    out.energy = find_energy(config.text("model.energy"));
    if (out.energy->on_circle)
      throw config.error("model.energy", "the gate of experts sees x alone, which has no direction");
    out.shape = energy_shape(*out.energy, config);
    out.covariance = covariance_kind(config);
    out.volume_term = config.flag("model.volume_term");
    out.discriminative = config.real("model.discriminative");
  }
  out.sigma_floor = config.real("model.sigma_floor");
  out.compare_held_out = data.held_out != nullptr;
  out.learned = config.list("model.learn");
  return out;
}

}  // namespace iem
