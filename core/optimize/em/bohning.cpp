#include "core/optimize/em/bohning.h"

namespace iem {
namespace {

class Bohning : public Optimizer {
 public:
  void step(const StepInput& input, Theta& theta, OptimizerState&, Random&) const override {
    theta = input.model.bound_step(theta, input.tau, input.data, input.full);
  }
};

}  // namespace

OptimizerType bohning() {
  return {.id = "bohning",
          .label = "Böhning",
          .help = "To the lowest place of a parabola that touches J here and is nowhere below it.",
          .formula =
              "\\Delta(W,b)=-2\\tau\\,\\frac{\\partial J}{\\partial(W,b)}S^{+},\\quad "
              "S=\\frac{1}{N}\\sum_{y_i}(x_i,1)(x_i,1)^\\top",
          .parameters = {},
          .needs = RuleNeed::bound,
          .unavailable = [](const Model& model) { return model.bound_unavailable(); },
          .make = [](const Config&) -> std::unique_ptr<Optimizer> { return std::make_unique<Bohning>(); }};
}

}  // namespace iem
