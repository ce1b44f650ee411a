#include "core/optimize/gradient_descent.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class GradientDescent : public Optimizer {
 public:
  explicit GradientDescent(const Config& config)
      : rates_(config),
        weight_decay_(config.real("optimizer.weight_decay")) {}
  void step(const StepInput& input, Theta& theta, Slots&, Random&) const override {
    const Layout& layout = input.model.layout();
    rates_.descend(layout, decayed_gradient(layout, input.full.gradient, theta, weight_decay_), theta);
  }

 private:
  Rates rates_;
  double weight_decay_;
};

}  // namespace

OptimizerType gradient_descent() {
  return {.id = "gd",
          .label = "GD",
          .help = "Gradient descent on all data: every step is an E-step and a part of an M-step.",
          .formula = "\\Delta\\mu_j=-\\eta\\,\\frac{\\partial J}{\\partial\\mu_j}",
          .parameters = {learning_rate_parameter(), weight_decay_parameter()},
          .unavailable = always_available,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<GradientDescent>(config);
          }};
}

}  // namespace iem
