#include "core/energy/plane_energy.h"

#include <string>
#include <utility>

namespace iem {
namespace {

// A GLSL expression of an energy of the plane, rewritten for a point on the first axis.
std::string in_u(std::string glsl) {
  const std::pair<const char*, const char*> words[] = {{"rho2", "(u * u)"}, {"u.x", "u"}, {"u.y", "0.0"}};
  for (const auto& [plane, line] : words)
    for (std::size_t at = glsl.find(plane); at != std::string::npos; at = glsl.find(plane, at + 1))
      glsl.replace(at, std::string(plane).size(), line);
  return glsl;
}

}  // namespace

PlaneEnergy::PlaneEnergy(const EnergyType& energy) : energy_(energy) {
  id = energy.id;
  label = energy.label;
  help = energy.help;
  formula = energy.formula;
  expression = in_u(energy.glsl);
  parameters = energy.parameters;
  em = energy.em;
}

double PlaneEnergy::value(double u, const double* shape) const { return energy_.kernel(u, 0, shape); }
Dual PlaneEnergy::value(Dual u, const double* shape) const { return energy_.dual_kernel(u, {}, shape); }

double PlaneEnergy::slope(double u, const double* shape) const {
  double g[2];
  energy_.gradient(u, 0, shape, g);
  return g[0];
}

double PlaneEnergy::constant(const double* shape) const { return energy_.constant_1d(shape); }

}  // namespace iem
