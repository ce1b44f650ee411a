#include "core/optimize/rules/momentum.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class Momentum : public Optimizer {
 public:
  Momentum(const Config& config, bool looks_ahead)
      : rates_(config),
        momentum_(config.real("optimizer.momentum")),
        weight_decay_(config.real("optimizer.weight_decay")),
        looks_ahead_(looks_ahead) {}
  void step(const StepInput& input, Theta& theta, OptimizerState& optimizer_state, Random&) const override {
    const Theta& gradient = decayed_gradient(input.model.layout(), input.full.gradient, theta, weight_decay_);
    Theta& velocity = memory(optimizer_state, 0, theta.size());
    velocity = momentum_ * velocity + gradient;
    if (looks_ahead_)
      rates_.descend(input.model.layout(), gradient + momentum_ * velocity, theta);
    else
      rates_.descend(input.model.layout(), velocity, theta);
  }

 private:
  Rates rates_;
  double momentum_, weight_decay_;
  bool looks_ahead_;
};

}  // namespace

std::unique_ptr<Optimizer> make_momentum(const Config& config, bool looks_ahead) {
  return std::make_unique<Momentum>(config, looks_ahead);
}

OptimizerType momentum() {
  return {
      .id = "momentum",
      .label = "Momentum",
      .help = "Gradient descent with inertia: steps in the same direction add up.",
      .formula = "b\\leftarrow m\\,b+\\frac{\\partial J}{\\partial\\theta},\\quad\\Delta\\theta=-\\eta\\,b",
      .parameters = {learning_rate_parameter(), momentum_parameter(), weight_decay_parameter()},
      .is_descent = true,
      .unavailable = always_available,
      .make = [](const Config& config) { return make_momentum(config, false); }};
}

}  // namespace iem
