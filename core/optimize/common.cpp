#include "core/optimize/common.h"

#include "core/base/check.h"

namespace iem {

Parameter learning_rate_parameter() {
  return {.key = "optimizer.learning_rate",
          .group = Group::learning,
          .label = "Learning rate",
          .symbol = "\\eta",
          .help =
              "How far a step goes: the factor of the gradient, with natural the share of the EM step, with "
              "exponentiated the factor in the exponent.",
          .default_value = 0.1,
          .min = 0,
          .slider_min = 1e-3,
          .slider_max = 10,
          .logarithmic = true};
}

namespace {

// A learning rate of some blocks alone: that of all unless given.
Parameter own_rate(std::string key, std::string label, std::string symbol, std::string help) {
  Parameter parameter = learning_rate_parameter();
  parameter.key = std::move(key);
  parameter.symbol = std::move(symbol);
  parameter.help = std::move(help);
  parameter.default_in = [](const Config& config) { return &config.value("optimizer.learning_rate"); };
  parameter.unavailable = [label](const Config& config) {
    return config.unavailable_reason("optimizer.learning_rate").empty()
               ? ""
               : label + " has no effect on this rule.";
  };
  parameter.switched_by = {"optimizer.method"};
  parameter.label = std::move(label);
  return parameter;
}

}  // namespace

Parameter value_learning_rate_parameter() {
  return own_rate("optimizer.value_learning_rate", "Rate of values", "\\eta_V",
                  "Learning rate of the values alone: larger than the other, values follow the routing "
                  "closely. Not given: the other.");
}

Parameter readout_learning_rate_parameter() {
  return own_rate(
      "optimizer.readout_learning_rate", "Rate of read-out", "\\eta_O",
      "Learning rate of the read-out W_O alone: the control for fast values. Not given: that of all.");
}

Parameter reg_covar_parameter() {
  return {.key = "optimizer.reg_covar",
          .group = Group::learning,
          .label = "Regularisation",
          .symbol = "\\epsilon",
          .help = "Added to the diagonal of each covariance in the M-step, so that none becomes singular.",
          .default_value = 1e-6,
          .min = 0,
          .slider_min = 1e-9,
          .slider_max = 1e-1,
          .logarithmic = true,
          .advanced = true};
}

Parameter batch_size_parameter() {
  return {.key = "optimizer.batch_size",
          .group = Group::learning,
          .kind = ParameterKind::integer,
          .label = "Batch size",
          .symbol = "B",
          .help = "Points in a mini-batch; each epoch uses every point once.",
          .default_value = std::int64_t{32},
          .min = 1,
          .slider_min = 1,
          .slider_max = 1000,
          .logarithmic = true};
}

Parameter momentum_parameter() {
  return {.key = "optimizer.momentum",
          .group = Group::learning,
          .label = "Momentum",
          .symbol = "m",
          .help = "How much of the last step's velocity is kept.",
          .default_value = 0.9,
          .min = 0,
          .slider_min = 0,
          .slider_max = 0.99};
}

Parameter eps_parameter() {
  return {.key = "optimizer.eps",
          .group = Group::learning,
          .label = "Epsilon",
          .symbol = "\\epsilon",
          .help = "Added to the root of the squared gradients, so that nothing is divided by zero.",
          .default_value = 1e-8,
          .min = 0,
          .slider_min = 1e-12,
          .slider_max = 1,
          .logarithmic = true};
}

Parameter weight_decay_parameter() {
  return {.key = "optimizer.weight_decay",
          .group = Group::learning,
          .label = "Weight decay",
          .symbol = "\\omega",
          .help = "Pulls every learned parameter towards 0.",
          .default_value = 0.0,
          .min = 0,
          .slider_min = 0,
          .slider_max = 0.1,
          .advanced = true};
}

Rates::Rates(const Config& config) {
  for (const Parameter& parameter : config.table().all())
    if (parameter.key.starts_with("optimizer.") && parameter.key.ends_with("learning_rate"))
      rates_.emplace_back(parameter.key, config.real(parameter.key));
}

double Rates::of(const Block& block) const {
  for (const auto& [key, rate] : rates_)
    if (key == block.rate_key) return rate;
  IEM_CHECK(!"a block names a learning rate that the lab does not have");
  return 0;
}

std::string always_available(const Model&) { return ""; }
std::string where_em_is_available(const Model& model) { return model.em_unavailable(); }

Theta& memory(OptimizerState& optimizer_state, std::size_t index, Eigen::Index size) {
  if (optimizer_state.vectors.size() <= index) optimizer_state.vectors.resize(index + 1, Theta::Zero(size));
  return optimizer_state.vectors[index];
}

void em_target_into(const StepInput& input, const Theta& theta, double reg_covar, Theta& next) {
  input.model.em_target_into(theta, input.tau, input.data, input.full, reg_covar, input.pool, next);
}

const Theta& decayed_gradient(const Layout& layout, const Theta& gradient, const Theta& theta,
                              double weight_decay) {
  if (weight_decay == 0) return gradient;
  thread_local Theta decayed;
  decayed = gradient + weight_decay * theta;
  layout.mask(decayed);
  return decayed;
}

}  // namespace iem
