#include "core/optimize/rules/nesterov.h"

#include "core/optimize/common.h"
#include "core/optimize/rules/momentum.h"

namespace iem {
OptimizerType nesterov() {
  return {.id = "nesterov",
          .label = "Nesterov",
          .help = "Momentum that looks ahead: the gradient counts once more after the velocity has it.",
          .formula =
              "b\\leftarrow m\\,b+\\frac{\\partial "
              "J}{\\partial\\theta},\\quad\\Delta\\theta=-\\eta\\left(\\frac{\\partial "
              "J}{\\partial\\theta}+m\\,b\\right)",
          .parameters = {learning_rate_parameter(), momentum_parameter(), weight_decay_parameter()},
          .is_descent = true,
          .unavailable = always_available,
          .make = [](const Config& config) { return make_momentum(config, true); }};
}

}  // namespace iem
