#include "core/figure/ellipse_handles.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/libm.h"

namespace iem {
namespace {

constexpr double kKnob = 1.45;      // where the knobs stand, in semi-axes
constexpr double kShortest = 1e-3;  // of an axis, of its length before the drag

}  // namespace

EllipseFreedom ellipse_freedom(std::string_view covariance_kind) {
  if (covariance_kind == "spherical") return EllipseFreedom::round;
  if (covariance_kind == "diag") return EllipseFreedom::aligned;
  return EllipseFreedom::free;
}

EllipseFrame ellipse_frame(const Sym2& sigma, double unit_x, double unit_y, EllipseFreedom freedom) {
  const Sym2 seen{sigma.xx / (unit_x * unit_x), sigma.xy / (unit_x * unit_y), sigma.yy / (unit_y * unit_y)};
  EllipseFrame frame{unit_x, unit_y, std::sqrt(seen.xx), std::sqrt(seen.yy), 0, freedom};
  if (freedom != EllipseFreedom::free) return frame;
  const Eigen2 axes = eigen(seen);
  frame.a = std::sqrt(axes.large);
  frame.b = std::sqrt(axes.small);
  frame.angle = libm::atan2(axes.vy, axes.vx);
  return frame;
}

Sym2 covariance_of(const EllipseFrame& f) {
  const double c = libm::cos(f.angle), s = libm::sin(f.angle), aa = f.a * f.a, bb = f.b * f.b;
  return {(aa * c * c + bb * s * s) * f.unit_x * f.unit_x, (aa - bb) * c * s * f.unit_x * f.unit_y,
          (aa * s * s + bb * c * c) * f.unit_y * f.unit_y};
}

bool has_handle(EllipseFreedom freedom, int handle) {
  return handle >= 0 && handle < kEllipseHandles && (!turns(handle) || freedom == EllipseFreedom::free);
}

std::pair<double, double> handle_offset(const EllipseFrame& f, int handle) {
  double along = 0, across = 0;
  switch (handle) {
    case 0: along = f.a; break;
    case 1: across = f.b; break;
    case 2: along = -f.a; break;
    case 3: across = -f.b; break;
    case 4: along = kKnob * f.a; break;
    default: along = -kKnob * f.a; break;
  }
  const double c = libm::cos(f.angle), s = libm::sin(f.angle);
  return {(along * c - across * s) * f.unit_x, (along * s + across * c) * f.unit_y};
}

EllipseFrame dragged(EllipseFrame f, int handle, double dx, double dy) {
  const double u = dx / f.unit_x, v = dy / f.unit_y, c = libm::cos(f.angle), s = libm::sin(f.angle);
  if (!std::isfinite(u) || !std::isfinite(v)) return f;
  if (turns(handle)) {
    if (u != 0 || v != 0) f.angle = libm::atan2(v, u) + (handle == kAxisHandles ? 0 : std::numbers::pi);
    return f;
  }
  const bool first = handle % 2 == 0;
  const double before = first ? f.a : f.b;
  const double length = std::max(std::abs(first ? u * c + v * s : v * c - u * s), kShortest * before);
  (first ? f.a : f.b) = length;
  if (f.freedom == EllipseFreedom::round) {
    const double sigma = length * (first ? f.unit_x : f.unit_y);
    f.a = sigma / f.unit_x;
    f.b = sigma / f.unit_y;
  }
  return f;
}

}  // namespace iem
