// Energies on the line, from which activations are derived (math.md section 4): d(z) = kernel((z - mu) /
// scale). They are those of energy/list.h and a few curves that have no density, so that nothing can be
// learned with them.
//
// An activation depends on the difference of two energies. Far out this is a small difference of two huge
// numbers, so every kernel computes the difference itself, in terms in which nothing cancels.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/energy/energy.h"
#include "core/math/dual.h"

namespace iem {

// Two places u_a, u_b in units of the kernel's scale. Their sum and difference are computed from z and mu,
// not from u_a and u_b, which are rounded already.
struct KernelPair {
  double a = 0, b = 0, sum = 0, delta = 0;
};

class LineKernel {
 public:
  std::string id, label;
  std::string help;     // one sentence
  std::string formula;  // TeX of kernel(u)
  // The same as a C expression in u and the shape p[0], p[1]; it may use exp, log, log1p, sqrt, abs and at
  // most one ? :.
  std::string expression;
  std::vector<Parameter> parameters;  // model.* keys it reads
  MStep em = MStep::moments;

  virtual ~LineKernel() = default;

  // The kernel's parameters from a configuration: the `shape` that the functions below read.
  virtual std::vector<double> shape(const Config& config) const;

  virtual double value(double u, const double* shape) const = 0;
  virtual Dual value(Dual u, const double* shape) const = 0;  // for automatic differentiation
  virtual double slope(double u, const double* shape) const = 0;

  // kernel(u_a) - kernel(u_b), kernel'(u_a) - kernel'(u_b).
  virtual double difference(const KernelPair& at, const double* shape) const;
  virtual double slope_difference(const KernelPair& at, const double* shape) const;

  // kernel'(u) / u, the weight of a point in the M-step of moments.
  virtual double weight(double u, const double* shape) const;

  // log of the integral of exp(-kernel) over the line; NaN for a curve that is no density.
  virtual double constant(const double* shape) const;
};

const std::vector<const LineKernel*>& line_kernels();
const LineKernel* find_line_kernel(const std::string& id);  // null when unknown

// |u_a| - |u_b|.
double distance_difference(const KernelPair& at);

// Those of line_curves.cpp: the t energy on the line, whose exponent may be given, and curves without a
// density.
const LineKernel& line_student_t();
const LineKernel& line_logistic();
const LineKernel& line_exponential();

// Declarations of all kernels' parameters, each `unavailable` where the one in use does not read it.
std::vector<Parameter> line_kernel_parameters();

}  // namespace iem
