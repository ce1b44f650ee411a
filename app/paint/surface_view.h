// A box seen from above at an angle, without perspective: where a place in it lies on the plot, and how far
// away it is.
#pragma once

#include <algorithm>
#include <numbers>

#include "app/paint/transform.h"
#include "core/field/ground.h"

namespace iem::paint {

struct Box {
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1, z0 = 0, z1 = 1;
};

class SurfaceView {
 public:
  // Degrees: `azimuth` turns it about its upright axis, `elevation` is how far above the ground the eye is.
  // The box fits into `rect` however it is turned.
  SurfaceView(const Box& box, const PxRect& rect, double azimuth, double elevation);

  Px operator()(double x, double y, double z) const;
  double depth(double x, double y) const;  // of the ground below; larger is farther away
  const Box& box() const { return box_; }

 private:
  struct Turned {
    double across, away, up;
  };
  Turned turned(double x, double y, double z) const;

  Box box_;
  Px middle_;
  double cos_a_, sin_a_, cos_e_, sin_e_, scale_;
};

inline constexpr double kSurfaceWide = 1.1, kSurfaceHigh = 0.8;  // of the box, in units of its own
inline constexpr double kSurfaceMargin = 40;                     // px around it, for numbers and names

inline SurfaceView::SurfaceView(const Box& box, const PxRect& rect, double azimuth, double elevation)
    : box_(box),
      middle_{0.5 * (rect.x0 + rect.x1), 0.5 * (rect.y0 + rect.y1)} {
  const double a = azimuth * std::numbers::pi / 180, e = elevation * std::numbers::pi / 180;
  cos_a_ = std::cos(a), sin_a_ = std::sin(a), cos_e_ = std::cos(e), sin_e_ = std::sin(e);
  const double half_width = kSurfaceWide * std::numbers::sqrt2 / 2;
  const double half_height = half_width * sin_e_ + kSurfaceHigh / 2 * cos_e_;
  scale_ = std::max(1.0, std::min(rect.width() / 2 - kSurfaceMargin, 1e9) / half_width);
  scale_ = std::min(scale_, std::max(1.0, (rect.height() / 2 - kSurfaceMargin) / half_height));
}

inline SurfaceView::Turned SurfaceView::turned(double x, double y, double z) const {
  const double u = kSurfaceWide * ((x - box_.x0) / (box_.x1 - box_.x0) - 0.5),
               v = kSurfaceWide * ((y - box_.y0) / (box_.y1 - box_.y0) - 0.5),
               w = kSurfaceHigh * ((z - box_.z0) / (box_.z1 - box_.z0) - 0.5);
  return {u * cos_a_ + v * sin_a_, v * cos_a_ - u * sin_a_, w};
}

inline Px SurfaceView::operator()(double x, double y, double z) const {
  const Turned at = turned(x, y, z);
  return {middle_.x + scale_ * at.across, middle_.y - scale_ * (at.up * cos_e_ + at.away * sin_e_)};
}

inline double SurfaceView::depth(double x, double y) const { return turned(x, y, box_.z0).away; }

// Of a panel's surface: its ground, with a little room below and above it.
inline SurfaceView view_of(const Ground& ground, const SurfaceMark& surface, const Transform& to_px) {
  const double room = 0.06 * (ground.rim - ground.floor);
  return {{ground.x0, ground.x1, ground.y0, ground.y1, ground.floor - room, ground.rim + room},
          to_px.rect(),
          surface.azimuth,
          surface.elevation};
}

}  // namespace iem::paint
