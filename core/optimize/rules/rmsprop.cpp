#include "core/optimize/rules/rmsprop.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class RmsProp : public Optimizer {
 public:
  explicit RmsProp(const Config& config)
      : rates_(config),
        alpha_(config.real("optimizer.alpha")),
        eps_(config.real("optimizer.eps")),
        weight_decay_(config.real("optimizer.weight_decay")) {}
  void step(const StepInput& input, Theta& theta, OptimizerState& optimizer_state, Random&) const override {
    const auto g = decayed_gradient(input.model.layout(), input.full.gradient, theta, weight_decay_).array();
    Theta& square = memory(optimizer_state, 0, theta.size());
    square = alpha_ * square.array() + (1 - alpha_) * g * g;
    // Without a gradient an entry stays where it is, also where eps is 0 and the quotient would be 0/0.
    rates_.descend(input.model.layout(), (g == 0).select(g, g / (square.array().sqrt() + eps_)).matrix(),
                   theta);
  }

 private:
  Rates rates_;
  double alpha_, eps_, weight_decay_;
};

Parameter smoothing() {
  return {.key = "optimizer.alpha",
          .group = Group::learning,
          .label = "Smoothing",
          .symbol = "\\alpha",
          .help = "How long squared gradients are remembered.",
          .default_value = 0.99,
          .min = 0,
          .max = 1,
          .slider_min = 0.5,
          .slider_max = 0.999};
}

}  // namespace

OptimizerType rmsprop() {
  return {
      .id = "rmsprop",
      .label = "RMSprop",
      .help = "Each parameter's step is divided by the size its gradient has had lately.",
      .formula =
          "v\\leftarrow\\alpha v+(1-\\alpha)g^2,\\quad\\Delta\\theta=-\\eta\\,\\frac{g}{\\sqrt v+\\epsilon}",
      .parameters = {learning_rate_parameter(), smoothing(), eps_parameter(), weight_decay_parameter()},
      .unavailable = always_available,
      .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
        return std::make_unique<RmsProp>(config);
      }};
}

}  // namespace iem
