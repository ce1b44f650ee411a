#include "core/energy/pseudo_huber.h"

#include <numbers>

#include "core/base/libm.h"
#include "core/energy/huber.h"
#include "core/energy/plane_energy.h"
#include "core/math/bessel.h"

namespace iem {
namespace {

class PseudoHuberLine : public PlaneEnergy {
 public:
  explicit PseudoHuberLine(const EnergyType& energy) : PlaneEnergy(energy) {
    formula = "c^2\\left(\\sqrt{1+u^2/c^2}-1\\right)";
  }
  double difference(const KernelPair& at, const double* shape) const override {
    const double c = shape[0];
    return at.sum / (libm::hypot(1, at.a / c) + libm::hypot(1, at.b / c)) * at.delta;
  }
};

}  // namespace

double PseudoHuber::constant_2d(const double* shape) {
  return libm::log(2 * std::numbers::pi * (1 + 1 / (shape[0] * shape[0])));
}

double PseudoHuber::constant_1d(const double* shape) {
  const double c = shape[0];
  return libm::log(2 * c * scaled_bessel_k1(c * c));  // 2 c exp(c^2) K_1(c^2)
}

EnergyText PseudoHuber::text() {
  return {.id = "pseudo_huber",
          .label = "pseudo-Huber",
          .help = "The smooth version of Huber: quadratic near the prototype, linear far out.",
          .formula = "c^2\\left(\\sqrt{1+\\rho^2/c^2}-1\\right)",
          .mass = "2\\pi(1+1/c^2)",
          .glsl = "rho2 / (sqrt(1.0 + rho2 / (p[0] * p[0])) + 1.0)",
          .parameters = {huber_threshold()},
          .em_unavailable = "",
          .on_line = line_of_class<PseudoHuberLine>};
}

}  // namespace iem
