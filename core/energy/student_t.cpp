#include "core/energy/student_t.h"

#include <numbers>

#include "core/base/libm.h"
#include "core/energy/energy.h"

namespace iem {

double StudentT::constant_2d(const double*) { return libm::log(2 * std::numbers::pi); }

double StudentT::constant_1d(const double* shape) {
  const double nu = shape[0];
  return 0.5 * libm::log(nu * std::numbers::pi) + libm::lgamma(nu / 2) - libm::lgamma((nu + 1) / 2);
}

EnergyText StudentT::text() {
  Parameter nu{.key = "model.nu",
               .group = Group::model,
               .label = "Degrees of freedom",
               .symbol = "\\nu",
               .help = "Small values have heavy tails; large ones approach the gaussian.",
               .default_value = 3.0,
               .min = 0,
               .min_open = true,
               .slider_min = 0.5,
               .slider_max = 50,
               .logarithmic = true};
  return {.id = "student_t",
          .label = "Student t",
          .help = "Heavy tails: the pull of a point fades with its distance.",
          .formula = "\\frac{\\nu+2}{2}\\log\\left(1+\\frac{\\rho^2}{\\nu}\\right)",
          .mass = "2\\pi",
          // A float keeps only seven digits of 1 + x, so for small x the first terms of the series of log(1 +
          // x) are used.
          .glsl =
              "0.5 * (p[0] + 2.0) * (rho2 < 0.02 * p[0] ? rho2 / p[0] * (1.0 - rho2 / p[0] * (0.5 - rho2 / "
              "p[0] * (1.0 / 3.0 - 0.25 * rho2 / p[0]))) : log(1.0 + rho2 / p[0]))",
          .parameters = {nu},
          .em_unavailable = ""};
}

}  // namespace iem
