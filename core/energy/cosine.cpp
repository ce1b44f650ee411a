#include "core/energy/cosine.h"

#include <numbers>

#include "core/base/libm.h"
#include "core/energy/energy.h"

namespace iem {

// The constant of the kernel as a density over u. The mixture does not add it, because u does not range over
// the whole plane.
double Cosine::constant_2d(const double* shape) { return libm::log(2 * std::numbers::pi / shape[0]); }
double Cosine::constant_1d(const double* shape) { return 0.5 * libm::log(2 * std::numbers::pi / shape[0]); }

EnergyText Cosine::text() {
  Parameter kappa{.key = "model.kappa",
                  .group = Group::model,
                  .label = "Concentration",
                  .symbol = "\\kappa",
                  .help = "How fast the energy grows with the angle to the prototype.",
                  .default_value = 4.0,
                  .min = 0,
                  .min_open = true,
                  .slider_min = 0.2,
                  .slider_max = 50,
                  .logarithmic = true};
  return {
      .id = "cosine",
      .label = "cosine",
      .help = "The angle between point and prototype, seen from the origin; distances do not count.",
      .formula = "\\kappa\\,(1-\\cos\\angle(x,\\mu_j))",
      .glsl = "0.5 * p[0] * rho2",
      .parameters = {kappa},
      .em_unavailable = "The cosine energy has no M-step from weighted moments; use gradient descent (gd)."};
}

}  // namespace iem
