#include "app/paint/surface_view.h"

#include <algorithm>
#include <numbers>

namespace iem::paint {
namespace {

constexpr double kWide = 1.1, kHigh = 0.8;  // of the box, in units of its own
constexpr double kMargin = 40;              // px around it, for numbers and names

}  // namespace

SurfaceView::SurfaceView(const Box& box, const PxRect& rect, double azimuth, double elevation)
    : box_(box),
      middle_{0.5 * (rect.x0 + rect.x1), 0.5 * (rect.y0 + rect.y1)} {
  const double a = azimuth * std::numbers::pi / 180, e = elevation * std::numbers::pi / 180;
  cos_a_ = std::cos(a), sin_a_ = std::sin(a), cos_e_ = std::cos(e), sin_e_ = std::sin(e);
  const double half_width = kWide * std::numbers::sqrt2 / 2;
  const double half_height = half_width * sin_e_ + kHigh / 2 * cos_e_;
  scale_ = std::max(1.0, std::min(rect.width() / 2 - kMargin, 1e9) / half_width);
  scale_ = std::min(scale_, std::max(1.0, (rect.height() / 2 - kMargin) / half_height));
}

SurfaceView::Turned SurfaceView::turned(double x, double y, double z) const {
  const double u = kWide * ((x - box_.x0) / (box_.x1 - box_.x0) - 0.5),
               v = kWide * ((y - box_.y0) / (box_.y1 - box_.y0) - 0.5),
               w = kHigh * ((z - box_.z0) / (box_.z1 - box_.z0) - 0.5);
  return {u * cos_a_ + v * sin_a_, v * cos_a_ - u * sin_a_, w};
}

Px SurfaceView::operator()(double x, double y, double z) const {
  const Turned at = turned(x, y, z);
  return {middle_.x + scale_ * at.across, middle_.y - scale_ * (at.up * cos_e_ + at.away * sin_e_)};
}

double SurfaceView::depth(double x, double y) const { return turned(x, y, box_.z0).away; }

SurfaceView view_of(const Ground& ground, const SurfaceMark& surface, const Transform& to_px) {
  const double room = 0.06 * (ground.rim - ground.floor);
  return {{ground.x0, ground.x1, ground.y0, ground.y1, ground.floor - room, ground.rim + room},
          to_px.rect(),
          surface.azimuth,
          surface.elevation};
}

}  // namespace iem::paint
