#include "core/energy/laplace.h"

#include "core/base/libm.h"
#include "core/energy/plane_energy.h"

namespace iem {
namespace {

class LaplaceLine : public PlaneEnergy {
 public:
  explicit LaplaceLine(const EnergyType& energy) : PlaneEnergy(energy) {
    formula = "|u|";
    expression = "abs(u)";
  }
  double difference(const KernelPair& at, const double*) const override { return distance_difference(at); }
};

}  // namespace

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
              "covariances; choose diag, or use gradient descent (gd).",
          .on_line = line_of_class<LaplaceLine>};
}

}  // namespace iem
