#include "core/optimize/em/value_m_step.h"

#include "core/optimize/common.h"

namespace iem {
namespace {

class ValueMStep : public Optimizer {
 public:
  explicit ValueMStep(const Config& config) : rates_(config), ridge_(config.real("optimizer.ridge")) {}
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    theta = input.model.value_step(theta, input.tau, input.data, ridge_);
    Evaluation at_best;
    input.model.evaluate(theta, input.tau, input.data, {}, Wanted::sums, input.pool, at_best);
    const Block& values = input.model.layout().block("values");
    at_best.gradient.segment(values.offset, values.size()).setZero();
    rates_.descend(input.model.layout(), at_best.gradient, theta);
  }

 private:
  Rates rates_;
  double ridge_;
};

Parameter ridge() {
  return {.key = "optimizer.ridge",
          .group = Group::learning,
          .label = "Ridge",
          .symbol = "\\lambda",
          .help = "Added to the diagonal of the normal equations of the values.",
          .default_value = 1e-6,
          .min = 0,
          .min_open = true,
          .slider_min = 1e-9,
          .slider_max = 1,
          .logarithmic = true};
}

}  // namespace

OptimizerType value_m_step() {
  return {
      .id = "value_m_step",
      .label = "Value M-step",
      .help =
          "The values jump to the best ones for the present routing; queries and keys take a gradient step.",
      .formula = "V=(\\alpha^\\top\\alpha+\\lambda I)^{-1}\\alpha^\\top Y",
      .parameters = {learning_rate_parameter(), ridge()},
      .needs = RuleNeed::value_step,
      .unavailable = [](const Model& model) { return model.value_step_unavailable(); },
      .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
        return std::make_unique<ValueMStep>(config);
      }};
}

}  // namespace iem
