#include "core/optimize/gradient_descent.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class GradientDescent : public Optimizer {
 public:
  explicit GradientDescent(const Config& config) : rates_(config) {}
  void step(const StepInput& input, Theta& theta, Slots&, Random&) const override {
    rates_.descend(input.model.layout(), input.full.gradient, theta);
  }

 private:
  Rates rates_;
};

}  // namespace

OptimizerType gradient_descent() {
  return {
      .id = "gd",
      .label = "GD",
      .help =
          "Gradient descent on all data: on a log-sum-exp every step is an E-step and a piece of an M-step.",
      .formula = "\\Delta\\theta=-\\eta\\,\\frac{\\partial J}{\\partial\\theta}",
      .parameters = {learning_rate_parameter()},
      .unavailable = always_available,
      .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
        return std::make_unique<GradientDescent>(config);
      }};
}

}  // namespace iem
