// An energy (distance) of the mixture: what one file pair in this folder declares, once. The kernels for each
// instruction set, the shader, scene keys, command line, control panel, tests and typeset help are generated
// from it.
//
// A declaration is a struct with
// clang-format off
//   static constexpr bool radial;            // kernel(u) = g(|u|^2)
//   static constexpr bool unit_weight;       // radial and w = 2 g' = 1 everywhere (gaussian)
//   static constexpr bool on_circle = true;  // optional: u = x/|x| - mu/|mu| takes the place of W (x - mu)
//   template <class T> static T kernel(T u0, T u1, const double* shape);
//   radial:      template <class T> static T weight(T rho2, const double* shape);  // 2 g'(rho2) = k'(u)/u
//   optional, radial: far_kernel(rho, shape), far_root_weight(rho, shape) where rho^2 overflows (energy/far.h)
//   not radial:  template <class T> static void gradient(T u0, T u1, const double* shape, T& g0, T& g1);
//   static double constant_2d(const double* shape);  // exp(-kernel - constant) integrates to 1 over the plane
//   static double constant_1d(const double* shape);  // and over the line
//   static EnergyText text();
// clang-format on
// T is double, simd::Pack or Dual (math/simd.h: exp, log, log1p, sqrt, abs, sign, select). `shape` holds
// the values of text().parameters.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/config/parameter.h"
#include "core/math/dual.h"

namespace iem {

// The M-step of an energy's means and covariances: from weighted moments, or as coordinate-wise weighted
// medians and mean absolute deviations, which needs covariance = "diag".
enum class MStep : std::uint8_t { moments, medians };

class LineKernel;  // core/energy/line_kernel.h
struct EnergyType;

struct EnergyText {
  std::string id;       // "student_t"
  std::string label;    // "Student t"
  std::string help;     // one sentence
  std::string formula;  // TeX of kernel(u) in \rho^2 = \|u\|^2
  std::string mass;     // TeX of the integral of exp(-kernel) over the plane; empty: a constant C is shown
  std::string glsl;     // the same as a GLSL expression in `vec2 u`, `float rho2` and the shape `float p[4]`
  std::vector<Parameter> parameters;  // model.* keys, in the order of `shape`
  MStep em = MStep::moments;
  std::string
      em_unavailable;  // one sentence when there is no EM step in closed form (medians: none but for diag)
  // The energy on the line, where it says more there than its restriction does (core/energy/plane_energy.h).
  std::unique_ptr<LineKernel> (*on_line)(const EnergyType& energy) = nullptr;
};

// An energy at run time.
struct EnergyType : EnergyText {
  int index = 0;  // in energy/list.h
  bool radial = true;
  bool on_circle = false;
  double (*kernel)(double u0, double u1, const double* shape) = nullptr;
  Dual (*dual_kernel)(Dual u0, Dual u1, const double* shape) = nullptr;  // for automatic differentiation
  void (*gradient)(double u0, double u1, const double* shape, double g[2]) = nullptr;  // dkernel/du
  double (*weight)(double u0, double u1, const double* shape) = nullptr;  // radial: k'(u)/u; else 1
  double (*constant_2d)(const double* shape) = nullptr;
  double (*constant_1d)(const double* shape) = nullptr;
};

const std::vector<EnergyType>& energies();
const EnergyType* find_energy(const std::string& id);  // null when unknown

// The energy's own parameters from a configuration, in the order of `shape`.
std::vector<double> energy_shape(const EnergyType& energy, const Config& config);

// The shader's line for an energy: a GLSL expression (see EnergyText::glsl).
std::string energy_glsl(const std::string& id);

// The declarations of all energies' parameters, each `unavailable` where the energy in use does not read it.
std::vector<Parameter> energy_parameters();

}  // namespace iem
