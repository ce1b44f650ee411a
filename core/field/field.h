// Fields over the plane, evaluated point by point from a mixture's components: the CPU twin of
// shaders/field.frag.
//
// Energies as in math.md section 1: d_j(x) = kernel(W_j (x - mu_j)) + offset_j, r_j = exp(-d_j/tau) / sum_k.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/field/oklab.h"
#include "core/math/responsibility.h"

namespace iem {

enum class FieldKind : std::uint8_t { responsibility, entropy, density, energy, assignment };

// One component as a field needs it; mu lies on the unit circle for an energy of directions. offset_j =
// volume_j + constant - log pi_j.
struct FieldComponent {
  double mu_x = 0, mu_y = 0;
  double w00 = 1, w10 = 0, w11 = 1;  // W, lower triangular
  double offset = 0;
};

struct FieldInput {
  FieldKind kind = FieldKind::responsibility;
  std::string energy = "gaussian";  // id in the energy registry
  std::vector<double> shape;  // the energy's own parameters (nu, huber_c, ...), as the registry lists them
  std::vector<FieldComponent> components;
  double temperature = 1;
  Responsibility responsibility = Responsibility::softmax;  // how energies become r
  bool boundaries = false;                                  // draw r_j = r_k as one-pixel lines
  std::uint64_t revision = 0;  // changes when any number above changes: the screen redraws only then
};

// The rectangle of the plane that is shown; row 0 of a picture is at y1 (the top).
struct FieldView {
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1;
  int width = 1, height = 1;  // pixels
};

// Colours by theme: each prototype's territory (OKLab), paper and ink for the one-colour fields.
struct FieldPalette {
  std::vector<Oklab> territory;  // one a component
  Oklab paper, ink, undecided;
  Oklab low, high;  // of the energy field: at its lowest places, and far from all of them
};

// r at one point of the plane; `r` has one entry a component. Returns L = tau log sum_j exp(-d_j/tau).
double field_responsibilities(const FieldInput& input, double x, double y, double* r);

// RGBA, 8 bits a channel, width * height * 4 bytes, opaque, row 0 at the top. Pixel centres are sampled.
std::vector<std::uint8_t> render_field(const FieldInput& input, const FieldView& view,
                                       const FieldPalette& palette);

// L = tau log sum_j exp(-d_j/tau) on a grid, row 0 at y0 (the bottom), first and last samples on the edges:
// for iso-lines. With the volume term and tau = 1 it is the log density.
std::vector<double> sample_log_density(const FieldInput& input, const FieldView& view);

}  // namespace iem
