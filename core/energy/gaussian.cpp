#include "core/energy/gaussian.h"

#include <numbers>

#include "core/base/libm.h"
#include "core/energy/plane_energy.h"

namespace iem {
namespace {

class GaussianLine : public PlaneEnergy {
 public:
  explicit GaussianLine(const EnergyType& energy) : PlaneEnergy(energy) { formula = "\\frac{u^2}{2}"; }
  double difference(const KernelPair& at, const double*) const override { return 0.5 * at.sum * at.delta; }
  double slope_difference(const KernelPair& at, const double*) const override { return at.delta; }
  double weight(double, const double*) const override { return 1; }
};

}  // namespace

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
          .em_unavailable = "",
          .on_line = line_of_class<GaussianLine>};
}

}  // namespace iem
