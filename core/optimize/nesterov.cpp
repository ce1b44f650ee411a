#include "core/optimize/nesterov.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class Nesterov : public Optimizer {
 public:
  explicit Nesterov(const Config& config)
      : rates_(config),
        momentum_(config.real("optimizer.momentum")),
        weight_decay_(config.real("optimizer.weight_decay")) {}
  void step(const StepInput& input, Theta& theta, Slots& slots, Random&) const override {
    const Theta gradient = decayed_gradient(input, theta, weight_decay_);
    Theta& velocity = memory(slots, 0, theta.size());
    velocity = momentum_ * velocity + gradient;
    rates_.descend(input.model.layout(), gradient + momentum_ * velocity, theta);
  }

 private:
  Rates rates_;
  double momentum_, weight_decay_;
};

}  // namespace

OptimizerType nesterov() {
  return {.id = "nesterov",
          .label = "Nesterov",
          .help = "Momentum that looks ahead: the gradient counts once more after the velocity has it.",
          .formula =
              "b\\leftarrow m\\,b+\\frac{\\partial "
              "J}{\\partial\\theta},\\quad\\Delta\\theta=-\\eta\\left(\\frac{\\partial "
              "J}{\\partial\\theta}+m\\,b\\right)",
          .parameters = {learning_rate_parameter(), momentum_parameter(), weight_decay_parameter()},
          .unavailable = always_available,
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Nesterov>(config);
          }};
}

}  // namespace iem
