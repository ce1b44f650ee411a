// Handles of a covariance ellipse: the ends of its two axes, and beyond the first one a knob that turns it;
// and the covariance that a drag of one of them makes.
//
// The axes are the eigenvectors of D Sigma D with D = diag(1 / unit_x, 1 / unit_y). Where the data axes have
// different units, lengths and angles are therefore those seen on the screen.
#pragma once

#include <string_view>
#include <utility>

#include "core/math/gaussian2.h"

namespace iem {

// What a kind of covariance allows: circles only, axes along the coordinates, or anything.
enum class EllipseFreedom { round, aligned, free };
EllipseFreedom ellipse_freedom(std::string_view covariance_kind);

// An ellipse at one standard deviation: semi-axis a at `angle`, b across it, measured in units.
struct EllipseFrame {
  double unit_x = 1, unit_y = 1;
  double a = 1, b = 1, angle = 0;
  EllipseFreedom freedom = EllipseFreedom::free;
};

EllipseFrame ellipse_frame(const Sym2& sigma, double unit_x, double unit_y, EllipseFreedom freedom);
Sym2 covariance_of(const EllipseFrame& frame);

// Handles by number: 0 and 2 the ends of a, 1 and 3 the ends of b, 4 and 5 the knobs that turn.
inline constexpr int kEllipseHandles = 6;
inline constexpr int kAxisHandles = 4;
inline bool turns(int handle) { return handle >= kAxisHandles; }
bool has_handle(EllipseFreedom freedom, int handle);

// From the centre to a handle, in data units.
std::pair<double, double> handle_offset(const EllipseFrame& frame, int handle);

// The ellipse when `handle` of `frame` has been dragged to (dx, dy) from the centre, in data units. An axis
// keeps at least a thousandth of its length.
EllipseFrame dragged(EllipseFrame frame, int handle, double dx, double dy);

}  // namespace iem
