#include "core/energy/gaussian.h"

#include <numbers>

#include "core/base/libm.h"
#include "core/energy/energy.h"

namespace iem {

double Gaussian::constant_2d(const double*) { return libm::log(2 * std::numbers::pi); }
double Gaussian::constant_1d(const double*) { return 0.5 * libm::log(2 * std::numbers::pi); }

EnergyText Gaussian::text() {
  return {.id = "gaussian",
          .label = "gaussian",
          .help = "Half the squared distance in units of the component's own spread.",
          .formula = "\\frac{1}{2}\\rho^2",
          .mass = "2\\pi",
          .glsl = "0.5 * rho2",
          .parameters = {},
          .em_unavailable = ""};
}

}  // namespace iem
