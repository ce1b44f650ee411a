#include "core/optimize/rules/gradient_flow.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class GradientFlow : public Optimizer {
 public:
  explicit GradientFlow(const Config& config) : rates_(config) {}
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    const Layout& layout = input.model.layout();
    const Theta start = theta;
    Evaluation there;
    const auto slope_after = [&](const Theta& direction, double share) -> Theta {
      Theta at = start;
      rates_.descend(layout, share * direction, at);
      input.model.evaluate(at, input.tau, input.data, {}, Wanted::sums, input.pool, there);
      return there.gradient;
    };
    const Theta k1 = input.full.gradient, k2 = slope_after(k1, 0.5), k3 = slope_after(k2, 0.5),
                k4 = slope_after(k3, 1);
    rates_.descend(layout, (k1 + 2 * k2 + 2 * k3 + k4) / 6, theta);
  }

 private:
  Rates rates_;
};

}  // namespace

OptimizerType gradient_flow() {
  return {.id = "flow",
          .label = "Gradient flow",
          .help =
              "The differential equation that gradient descent approaches with small steps, by "
              "Runge-Kutta steps of order 4; the learning rate is the time of a step.",
          .formula = "\\dot\\theta=-\\frac{\\partial J}{\\partial\\theta}",
          .parameters = {learning_rate_parameter()},
          .needs = RuleNeed::small_system,
          .unavailable = [](const Model& model) { return model.small_rules_unavailable(); },
          .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
            return std::make_unique<GradientFlow>(config);
          }};
}

}  // namespace iem
