#include "core/optimize/rules/log_descent.h"

#include <limits>

#include "core/optimize/common.h"

namespace iem {
namespace {

class LogDescent : public Optimizer {
 public:
  explicit LogDescent(const Config& config) : rates_(config) {}
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    const double loss = input.full.loss;
    if (loss < std::numeric_limits<double>::min()) return;  // 1/J may overflow
    rates_.descend(input.model.layout(), input.full.gradient / loss, theta);
  }

 private:
  Rates rates_;
};

}  // namespace

OptimizerType log_descent() {
  return {
      .id = "gd_log",
      .label = "GD on log J",
      .help = "Gradient descent on the logarithm of J, which goes on at a steady pace where J falls to 0.",
      .formula = "\\Delta\\theta=-\\frac{\\eta}{J}\\,\\frac{\\partial J}{\\partial\\theta}",
      .parameters = {learning_rate_parameter()},
      .needs = RuleNeed::small_system,
      .follows_flow = true,
      .unavailable = [](const Model& model) { return model.logarithm_unavailable(); },
      .make = [](const Config& config) -> std::unique_ptr<Optimizer> {
        return std::make_unique<LogDescent>(config);
      }};
}

}  // namespace iem
