#include "core/energy/laplace.h"

#include "core/base/libm.h"
#include "core/energy/energy.h"

namespace iem {

double Laplace::constant_2d(const double*) { return 2 * libm::log(2.0); }
double Laplace::constant_1d(const double*) { return libm::log(2.0); }

EnergyText Laplace::text() {
  return {.id = "laplace",
          .label = "Laplace",
          .help = "The sum of absolute distances along the component's own axes.",
          .formula = "|u_0|+|u_1|",
          .mass = "4",
          .glsl = "abs(u.x) + abs(u.y)",
          .parameters = {},
          .em = MStep::medians,
          .em_unavailable =
              "The M-step of the Laplace energy is a weighted median along each axis, which needs diag "
              "covariances; choose diag, or use gradient descent (gd)."};
}

}  // namespace iem
