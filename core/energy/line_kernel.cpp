#include "core/energy/line_kernel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "core/base/libm.h"

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

// A GLSL expression of an energy of the plane, rewritten for a point on the first axis.
std::string in_u(std::string glsl) {
  const std::pair<const char*, const char*> words[] = {{"rho2", "(u * u)"}, {"u.x", "u"}, {"u.y", "0.0"}};
  for (const auto& [plane, line] : words)
    for (std::size_t at = glsl.find(plane); at != std::string::npos; at = glsl.find(plane, at + 1))
      glsl.replace(at, std::string(plane).size(), line);
  return glsl;
}

// An energy of the plane restricted to its first axis.
class PlaneEnergy : public LineKernel {
 public:
  explicit PlaneEnergy(const EnergyType& energy) : energy_(energy) {
    id = energy.id;
    label = energy.label;
    help = energy.help;
    formula = energy.formula;
    expression = in_u(energy.glsl);
    parameters = energy.parameters;
    em = energy.em;
  }
  double value(double u, const double* shape) const override { return energy_.kernel(u, 0, shape); }
  Dual value(Dual u, const double* shape) const override { return energy_.dual_kernel(u, {}, shape); }
  double slope(double u, const double* shape) const override {
    double g[2];
    energy_.gradient(u, 0, shape, g);
    return g[0];
  }
  double constant(const double* shape) const override { return energy_.constant_1d(shape); }

 private:
  const EnergyType& energy_;
};

class GaussianLine : public PlaneEnergy {
 public:
  explicit GaussianLine(const EnergyType& energy) : PlaneEnergy(energy) { formula = "\\frac{u^2}{2}"; }
  double difference(const KernelPair& at, const double*) const override { return 0.5 * at.sum * at.delta; }
  double slope_difference(const KernelPair& at, const double*) const override { return at.delta; }
  double weight(double, const double*) const override { return 1; }
};

class LaplaceLine : public PlaneEnergy {
 public:
  explicit LaplaceLine(const EnergyType& energy) : PlaneEnergy(energy) {
    formula = "|u|";
    expression = "abs(u)";
  }
  double difference(const KernelPair& at, const double*) const override { return distance_difference(at); }
};

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

std::unique_ptr<LineKernel> on_the_line(const EnergyType& energy) {
  if (energy.id == "gaussian") return std::make_unique<GaussianLine>(energy);
  if (energy.id == "laplace") return std::make_unique<LaplaceLine>(energy);
  if (energy.id == "huber") return std::make_unique<HuberLine>(energy);
  if (energy.id == "pseudo_huber") return std::make_unique<PseudoHuberLine>(energy);
  return std::make_unique<PlaneEnergy>(energy);
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
