#include "core/optimize/rules/adam.h"

#include <cmath>

#include "core/base/libm.h"
#include "core/optimize/common.h"

namespace iem {
namespace {

class Adam : public Optimizer {
 public:
  explicit Adam(const Config& config)
      : settings_(config),
        weight_decay_(config.real("optimizer.weight_decay")) {}
  void step(const StepInput& input, Theta& theta, OptimizerState& optimizer_state, Random&) const override {
    adam_update(settings_, input.model.layout(),
                decayed_gradient(input.model.layout(), input.full.gradient, theta, weight_decay_), theta,
                optimizer_state);
  }

 private:
  AdamSettings settings_;
  double weight_decay_;
};

Parameter beta(const char* key, const char* label, const char* symbol, double default_value,
               const char* help) {
  return {.key = key,
          .group = Group::learning,
          .label = label,
          .symbol = symbol,
          .help = help,
          .default_value = default_value,
          .min = 0,
          .max = 1,
          .max_open = true,
          .slider_min = 0,
          .slider_max = 0.999};
}

}  // namespace

AdamSettings::AdamSettings(const Config& config)
    : rates(config),
      beta1(config.real("optimizer.beta1")),
      beta2(config.real("optimizer.beta2")),
      eps(config.real("optimizer.eps")) {}

std::vector<Parameter> adam_parameters(double weight_decay) {
  Parameter decay = weight_decay_parameter();
  decay.default_value = weight_decay;
  return {learning_rate_parameter(),
          beta("optimizer.beta1", "First smoothing", "\\beta_1", 0.9, "How long gradients are remembered."),
          beta("optimizer.beta2", "Second smoothing", "\\beta_2", 0.999,
               "How long squared gradients are remembered."),
          eps_parameter(), decay};
}

void adam_update(const AdamSettings& s, const Layout& layout, const Theta& gradient, Theta& theta,
                 OptimizerState& optimizer_state) {
  Theta& steps =
      memory(optimizer_state, 2, theta.size());  // the last one first: it makes room for the others
  Theta& mean = memory(optimizer_state, 0, theta.size());
  Theta& square = memory(optimizer_state, 1, theta.size());
  double t = 0, bias1 = 1, root2 = 1;
  for (const Block& block : layout.blocks()) {
    const double eta = s.rates.of(block);
    for (Eigen::Index i = block.offset; i < block.offset + block.size(); ++i) {
      const double g = gradient[i];
      steps[i] += 1;
      mean[i] += (1 - s.beta1) * (g - mean[i]);
      square[i] = s.beta2 * square[i] + (1 - s.beta2) * g * g;
      if (steps[i] != t) {  // the same for all entries but those a hand has moved
        t = steps[i];
        bias1 = 1 - libm::pow(s.beta1, t);
        root2 = std::sqrt(1 - libm::pow(s.beta2, t));
      }
      // An entry that has had no gradient stays where it is, also where eps is 0 and this would be 0/0.
      if (mean[i] == 0) continue;
      theta[i] -= eta / bias1 * mean[i] / (std::sqrt(square[i]) / root2 + s.eps);
    }
  }
}

OptimizerType adam() {
  return {.id = "adam",
          .label = "Adam",
          .help = "Momentum, with each parameter's step divided by the size of its gradients.",
          .formula = "\\Delta\\theta=-\\eta\\,\\frac{\\hat m}{\\sqrt{\\hat v}+\\epsilon}",
          .parameters = adam_parameters(0),
          .unavailable = always_available,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Adam>(config);
          }};
}

}  // namespace iem
