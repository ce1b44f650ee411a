#include "core/energy/line_kernel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "core/energy/plane_energy.h"

namespace iem {

std::vector<double> LineKernel::shape(const Config& config) const {
  std::vector<double> out;
  for (const Parameter& parameter : parameters) out.push_back(config.real(parameter.key));
  return out;
}

double LineKernel::difference(const KernelPair& at, const double* shape) const {
  return value(at.a, shape) - value(at.b, shape);
}

double LineKernel::slope_difference(const KernelPair& at, const double* shape) const {
  return slope(at.a, shape) - slope(at.b, shape);
}

double LineKernel::weight(double u, const double* shape) const {
  constexpr double kNear = 1e-150;  // below it kernel'(u) / u is taken as the curvature at 0
  const double at = std::abs(u) < kNear ? kNear : u;
  return slope(at, shape) / at;
}

double LineKernel::constant(const double*) const { return std::numeric_limits<double>::quiet_NaN(); }

double distance_difference(const KernelPair& at) {
  return std::abs(at.sum) >= std::abs(at.delta) ? std::copysign(at.delta, at.sum * at.delta)
                                                : std::copysign(at.sum, at.sum * at.delta);
}

namespace {

std::unique_ptr<LineKernel> on_the_line(const EnergyType& energy) {
  return energy.on_line != nullptr ? energy.on_line(energy) : std::make_unique<PlaneEnergy>(energy);
}

bool reads(const LineKernel& kernel, const std::string& key) {
  return std::ranges::find(kernel.parameters, key, &Parameter::key) != kernel.parameters.end();
}

}  // namespace

const std::vector<const LineKernel*>& line_kernels() {
  static const std::vector<const LineKernel*> all = [] {
    static std::vector<std::unique_ptr<LineKernel>> owned;
    std::vector<const LineKernel*> out;
    for (const EnergyType& energy : energies()) {
      if (energy.id == line_student_t().id) {
        out.push_back(&line_student_t());
        continue;
      }
      if (energy.on_circle) continue;
      owned.push_back(on_the_line(energy));
      out.push_back(owned.back().get());
    }
    out.insert(out.end(), {&line_logistic(), &line_exponential()});
    return out;
  }();
  return all;
}

const LineKernel* find_line_kernel(const std::string& id) {
  for (const LineKernel* kernel : line_kernels())
    if (kernel->id == id) return kernel;
  return nullptr;
}

std::vector<Parameter> line_kernel_parameters() {
  std::vector<Parameter> out;
  for (const LineKernel* kernel : line_kernels()) {
    for (Parameter parameter : kernel->parameters) {
      const std::string key = parameter.key;
      if (std::ranges::find(out, key, &Parameter::key) != out.end()) continue;
      parameter.unavailable = [key, label = parameter.label](const Config& config) -> std::string {
        if (config.text("model.hypotheses") == "gate") return "Gates have no such parameter.";
        const LineKernel* used = find_line_kernel(config.text("model.energy"));
        return used && reads(*used, key) ? "" : label + " is not a parameter of this energy.";
      };
      parameter.switched_by = {"model.energy", "model.hypotheses"};
      parameter.effect = Effect::objective;  // a parameter of any energy changes the objective
      out.push_back(std::move(parameter));
    }
  }
  return out;
}

}  // namespace iem
