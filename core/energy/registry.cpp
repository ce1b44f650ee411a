#include <algorithm>

#include "core/base/check.h"
#include "core/energy/energy.h"
#include "core/energy/far.h"
#include "core/energy/list.h"

namespace iem {
namespace {

template <class E>
EnergyType describe(int index) {
  EnergyType type;
  static_cast<EnergyText&>(type) = E::text();
  type.index = index;
  type.radial = E::radial;
  type.on_circle = kOnCircle<E>;
  type.kernel = [](double u0, double u1, const double* shape) { return kernel_of<E>(u0, u1, shape); };
  type.dual_kernel = [](Dual u0, Dual u1, const double* shape) { return kernel_of<E>(u0, u1, shape); };
  type.gradient = [](double u0, double u1, const double* shape, double g[2]) {
    if constexpr (!E::radial) {
      E::gradient(u0, u1, shape, g[0], g[1]);
    } else {
      double w = 1, v = 1;
      if constexpr (!E::unit_weight) {
        if (far_radius(u0, u1) > kFar)
          w = v = root_weight_of<E>(u0, u1, shape);
        else
          w = E::weight(u0 * u0 + u1 * u1, shape);
      }
      g[0] = w * (v * u0);
      g[1] = w * (v * u1);
    }
  };
  type.weight = [](double u0, double u1, const double* shape) {
    if constexpr (E::radial && !E::unit_weight) {
      const double v = root_weight_of<E>(u0, u1, shape);
      return far_radius(u0, u1) > kFar ? v * v : E::weight(u0 * u0 + u1 * u1, shape);
    } else {
      static_cast<void>(u0), static_cast<void>(u1), static_cast<void>(shape);
      return 1.0;
    }
  };
  type.constant_2d = &E::constant_2d;
  type.constant_1d = &E::constant_1d;
  return type;
}

template <class... E>
std::vector<EnergyType> describe_all(EnergyTypes<E...>) {
  int index = 0;
  return {describe<E>(index++)...};
}

bool reads(const EnergyType& energy, const std::string& key) {
  return std::any_of(energy.parameters.begin(), energy.parameters.end(),
                     [&](const Parameter& p) { return p.key == key; });
}

}  // namespace

const std::vector<EnergyType>& energies() {
  static const std::vector<EnergyType> all = describe_all(EnergyList{});
  return all;
}

const EnergyType* find_energy(const std::string& id) {
  for (const EnergyType& energy : energies())
    if (energy.id == id) return &energy;
  return nullptr;
}

std::vector<double> energy_shape(const EnergyType& energy, const Config& config) {
  std::vector<double> shape;
  for (const Parameter& parameter : energy.parameters) shape.push_back(config.real(parameter.key));
  return shape;
}

std::string energy_glsl(const std::string& id) {
  const EnergyType* energy = find_energy(id);
  IEM_CHECK(energy != nullptr);
  return energy->glsl;
}

std::vector<Parameter> energy_parameters() {
  std::vector<Parameter> out;
  for (const EnergyType& energy : energies()) {
    for (Parameter parameter : energy.parameters) {
      const std::string key = parameter.key;
      if (std::any_of(out.begin(), out.end(), [&](const Parameter& p) { return p.key == key; })) continue;
      parameter.unavailable = [key, label = parameter.label](const Config& config) -> std::string {
        const EnergyType* used = find_energy(config.text("model.energy"));
        return used && reads(*used, key) ? "" : label + " is not a parameter of this energy.";
      };
      parameter.switched_by = {"model.energy"};
      parameter.effect = Effect::objective;  // a parameter of any energy changes the objective
      out.push_back(std::move(parameter));
    }
  }
  return out;
}

}  // namespace iem
