#include "core/energy/pseudo_huber.h"

#include <cmath>
#include <numbers>

#include "core/energy/energy.h"
#include "core/energy/huber.h"

namespace iem {

double PseudoHuber::constant_2d(const double* shape) {
  return std::log(2 * std::numbers::pi * (1 + 1 / (shape[0] * shape[0])));
}

double PseudoHuber::constant_1d(const double* shape) {
  const double c = shape[0];
  // log(2 c exp(c^2) K_1(c^2)); past c^2 = 600, where K_1 underflows, its asymptotic series.
  const double z = c * c;
  if (z > 600) {
    const double series = 1 + 3 / (8 * z) * (1 - 5 / (16 * z) * (1 - 7 / (8 * z)));
    return std::log(2 * c * std::sqrt(std::numbers::pi / (2 * z)) * series);
  }
  return std::log(2 * c * std::cyl_bessel_k(1, z)) + z;
}

EnergyText PseudoHuber::text() {
  return {.id = "pseudo_huber",
          .label = "pseudo-Huber",
          .help = "The smooth version of Huber: quadratic near the prototype, linear far out.",
          .formula = "c^2\\left(\\sqrt{1+\\rho^2/c^2}-1\\right)",
          .glsl = "rho2 / (sqrt(1.0 + rho2 / (p[0] * p[0])) + 1.0)",
          .parameters = {huber_threshold()},
          .em_unavailable = ""};
}

}  // namespace iem
