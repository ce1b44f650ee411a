// Energies that exist on the line only: the t energy with any exponent, and two curves without a density
// (math.md section 4).
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/energy/far.h"
#include "core/energy/line_kernel.h"

namespace iem {
namespace {

// p log(1 + u^2/nu); p = (nu + 1)/2 makes exp(-kernel) the t density. Any other exponent is a curve.
class StudentLine : public LineKernel {
 public:
  StudentLine() {
    const EnergyType& plane = *find_energy("student_t");
    id = plane.id;
    label = plane.label;
    help = plane.help;
    formula = "p\\,\\log\\left(1+\\frac{u^2}{\\nu}\\right)";
    expression = "p[1] * log1p(u * u / p[0])";
    parameters = plane.parameters;
    parameters.push_back({.key = "model.exponent",
                          .group = Group::energy,
                          .label = "Exponent",
                          .symbol = "p",
                          .help = "0 is that of the density, (nu + 1)/2; with any other it is a curve only.",
                          .default_value = 0.0,
                          .min = 0,
                          .slider_min = 0,
                          .slider_max = 5});
    parameters.back().reads = [](const Config& config) -> std::string {
      if (config.real("model.exponent") > 0) return {};
      return "(ν + 1)/2 = " + format_number(density_exponent(config.real("model.nu")), 4);
    };
  }
  std::vector<double> shape(const Config& config) const override {
    const double nu = config.real("model.nu"), p = config.real("model.exponent");
    return {nu, p > 0 ? p : density_exponent(nu)};
  }
  double value(double u, const double* shape) const override {
    if (is_far(u)) return 2 * shape[1] * libm::log(std::abs(u) / std::sqrt(shape[0]));
    return shape[1] * libm::log1p(u / shape[0] * u);
  }
  Dual value(Dual u, const double* shape) const override {
    if (is_far(u.v)) return simd::log(simd::abs(u) / std::sqrt(shape[0])) * (2 * shape[1]);
    return simd::log1p(u * u / shape[0]) * shape[1];
  }
  double slope(double u, const double* shape) const override {
    if (is_far(u)) return 2 * shape[1] / (shape[0] / u + u);
    return 2 * shape[1] * u / (shape[0] + u * u);
  }
  // The ratio of 1 + u^2/nu at both places, written so that the logarithm's argument is at least 1.
  double difference(const KernelPair& at, const double* shape) const override {
    const double near = std::min(std::abs(at.a), std::abs(at.b)), sum = std::abs(at.sum),
                 delta = std::abs(at.delta);
    const double more = is_far(near) ? sum / near * (delta / near) : sum * (delta / (shape[0] + near * near));
    return std::copysign(shape[1] * libm::log1p(more), at.sum * at.delta);
  }
  // Both slopes over a common denominator, since far out they are nearly equal and their difference would
  // cancel.
  double slope_difference(const KernelPair& at, const double* shape) const override {
    if (is_far(at.a) || is_far(at.b)) return LineKernel::slope_difference(at, shape);
    const double nu = shape[0];
    return 2 * shape[1] * at.delta * ((nu - at.a * at.b) / (nu + at.a * at.a) / (nu + at.b * at.b));
  }
  double weight(double u, const double* shape) const override { return 2 * shape[1] / (shape[0] + u * u); }
  double constant(const double* shape) const override {
    const double nu = shape[0];
    if (shape[1] != density_exponent(nu)) return LineKernel::constant(shape);
    return 0.5 * libm::log(nu * std::numbers::pi) + libm::lgamma(nu / 2) - libm::lgamma((nu + 1) / 2);
  }

 private:
  static double density_exponent(double nu) { return 0.5 * (nu + 1); }
  static bool is_far(double u) { return std::abs(u) > kFar; }  // u^2 may overflow; nu is negligible
};

Parameter steepness() {
  return {.key = "model.alpha",
          .group = Group::energy,
          .label = "Steepness",
          .symbol = "\\alpha",
          .help = "How fast the energy rises with the distance.",
          .default_value = 1.0,
          .min = 0,
          .min_open = true,
          .slider_min = 0.1,
          .slider_max = 10,
          .logarithmic = true};
}

double softplus(double x) { return std::max(x, 0.0) + libm::log1p(libm::exp(-std::abs(x))); }

// log(1 + exp(-alpha u)).
class LogisticLine : public LineKernel {
 public:
  LogisticLine() {
    id = "logistic";
    label = "logistic";
    help = "A soft threshold: everything on the right costs nothing.";
    formula = "\\log(1+e^{-\\alpha u})";
    expression = "0.5 * (abs(p[0] * u) - p[0] * u) + log1p(exp(-abs(p[0] * u)))";
    parameters = {steepness()};
  }
  double value(double u, const double* shape) const override { return softplus(-shape[0] * u); }
  Dual value(Dual u, const double* shape) const override {
    const Dual x = u * -shape[0];
    const Dual magnitude = x.v < 0 ? -x : x;
    const Dual rest = simd::log(simd::exp(-magnitude) + 1.0);
    return x.v > 0 ? x + rest : rest;
  }
  double slope(double u, const double* shape) const override {
    return -shape[0] / (1 + libm::exp(shape[0] * u));
  }
  double difference(const KernelPair& at, const double* shape) const override {
    const double x = -shape[0] * at.a, y = -shape[0] * at.b, gap = -shape[0] * at.delta;
    if (std::abs(gap) < 1)  // log((1 + e^x) / (1 + e^y))
      return gap >= 0 ? libm::log1p(libm::expm1(gap) / (1 + libm::exp(-y)))
                      : -libm::log1p(libm::expm1(-gap) / (1 + libm::exp(-x)));
    if (x > 0 && y > 0) return gap + (libm::log1p(libm::exp(-x)) - libm::log1p(libm::exp(-y)));
    return softplus(x) - softplus(y);
  }
};

// exp(alpha |u|), continued as a straight line where it would overflow.
class ExponentialLine : public LineKernel {
 public:
  ExponentialLine() {
    id = "exponential";
    label = "exponential";
    help = "Grows exponentially with the distance: decides harder than the gaussian.";
    formula = "e^{\\alpha|u|}";
    expression = "exp(p[0] * abs(u))";
    parameters = {steepness()};
  }
  double value(double u, const double* shape) const override {
    const double x = shape[0] * std::abs(u);
    return x <= kSteepest ? libm::exp(x) : libm::exp(kSteepest) * (1 + (x - kSteepest));
  }
  Dual value(Dual u, const double* shape) const override {
    const Dual x = (u.v < 0 ? -u : u.v > 0 ? u : Dual{}) * shape[0];
    return x.v <= kSteepest ? simd::exp(x) : (x - kSteepest + 1.0) * libm::exp(kSteepest);
  }
  double slope(double u, const double* shape) const override {
    if (u == 0) return 0;
    const double x = std::min(shape[0] * std::abs(u), kSteepest);
    return std::copysign(shape[0] * libm::exp(x), u);
  }
  double difference(const KernelPair& at, const double* shape) const override {
    const double gap = shape[0] * distance_difference(at), near = std::min(std::abs(at.a), std::abs(at.b));
    if (shape[0] * near > kSteepest) return libm::exp(kSteepest) * gap;  // both on the straight line
    if (std::abs(gap) + shape[0] * near > kSteepest) return LineKernel::difference(at, shape);
    return std::copysign(libm::exp(shape[0] * near) * libm::expm1(std::abs(gap)), gap);
  }

 private:
  static constexpr double kSteepest = 600;
};

}  // namespace

const LineKernel& line_student_t() {
  static const StudentLine kernel;
  return kernel;
}
const LineKernel& line_logistic() {
  static const LogisticLine kernel;
  return kernel;
}
const LineKernel& line_exponential() {
  static const ExponentialLine kernel;
  return kernel;
}

}  // namespace iem
