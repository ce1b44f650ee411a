#include "core/energy/huber.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/libm.h"
#include "core/energy/plane_energy.h"

namespace iem {
namespace {

class HuberLine : public PlaneEnergy {
 public:
  explicit HuberLine(const EnergyType& energy) : PlaneEnergy(energy) {
    // u^2/2 up to c, then c (|u| - c/2), as one expression.
    formula = "\\frac{u^2-\\max(|u|-c,\\,0)^2}{2}";
    // Written with |u| and not with sqrt(u^2), which has no derivative at 0 for readers who differentiate the
    // code automatically.
    expression = "abs(u) <= p[0] ? 0.5 * u * u : p[0] * (abs(u) - 0.5 * p[0])";
  }
  double difference(const KernelPair& at, const double* shape) const override {
    const double c = shape[0], a = std::abs(at.a), b = std::abs(at.b);
    if (a <= c && b <= c) return 0.5 * at.sum * at.delta;
    if (a > c && b > c) return c * distance_difference(at);
    const double in = std::min(a, b), out = std::max(a, b);
    return std::copysign(c * (out - c) + 0.5 * (c - in) * (c + in), a - b);
  }
};

}  // namespace

double Huber::constant_2d(const double* shape) {
  const double c = shape[0];
  return libm::log(2 * std::numbers::pi * (1 + libm::exp(-c * c / 2) / (c * c)));
}

double Huber::constant_1d(const double* shape) {
  const double c = shape[0];
  return libm::log(std::sqrt(2 * std::numbers::pi) * libm::erf(c / std::numbers::sqrt2) +
                   2 / c * libm::exp(-c * c / 2));
}

Parameter huber_threshold() {
  return {.key = "model.huber_c",
          .group = Group::model,
          .label = "Threshold",
          .symbol = "c",
          .help = "Distance at which the energy turns from quadratic to linear.",
          .default_value = 1.345,
          .min = 0,
          .min_open = true,
          .slider_min = 0.2,
          .slider_max = 5,
          .logarithmic = true};
}

EnergyText Huber::text() {
  return {.id = "huber",
          .label = "Huber",
          .help = "Quadratic near the prototype, linear far out: outliers pull with a constant force.",
          .formula = "\\frac{\\rho^2-\\max(\\rho-c,\\,0)^2}{2}",
          .mass = "2\\pi(1+e^{-c^2/2}/c^2)",
          .glsl = "rho2 <= p[0] * p[0] ? 0.5 * rho2 : p[0] * (sqrt(rho2) - 0.5 * p[0])",
          .parameters = {huber_threshold()},
          .em_unavailable = "",
          .on_line = line_of_class<HuberLine>};
}

}  // namespace iem
