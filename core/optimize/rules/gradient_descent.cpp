#include "core/optimize/rules/gradient_descent.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class GradientDescent : public Optimizer {
 public:
  explicit GradientDescent(const Config& config)
      : rates_(config),
        weight_decay_(config.real("optimizer.weight_decay")) {}
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    const Layout& layout = input.model.layout();
    rates_.descend(layout, decayed_gradient(layout, input.full.gradient, theta, weight_decay_), theta);
  }

 private:
  Rates rates_;
  double weight_decay_;
};

}  // namespace

OptimizerType gradient_descent() {
  return {
      .id = "gd",
      .label = "GD",
      .help =
          "Gradient descent on all data: on a log-sum-exp every step is an E-step and a piece of an M-step.",
      .formula = "\\Delta\\theta=-\\eta\\,\\frac{\\partial J}{\\partial\\theta}",
      .parameters = {learning_rate_parameter(), weight_decay_parameter()},
      .is_descent = true,
      .follows_flow = true,
      .unavailable = always_available,
      .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
        return std::make_unique<GradientDescent>(config);
      }};
}

}  // namespace iem
