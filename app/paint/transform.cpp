#include "app/paint/transform.h"

#include <cmath>

namespace iem::paint {
namespace {

double scaled(const Axis& axis, double v) { return axis.scale == Scale::log10 ? std::log10(v) : v; }
double unscaled(const Axis& axis, double v) { return axis.scale == Scale::log10 ? std::pow(10.0, v) : v; }

double fraction(const Axis& axis, double v) {
  const double lo = scaled(axis, axis.lo), hi = scaled(axis, axis.hi);
  return hi == lo ? 0.5 : (scaled(axis, v) - lo) / (hi - lo);
}
double value_at(const Axis& axis, double t) {
  const double lo = scaled(axis, axis.lo), hi = scaled(axis, axis.hi);
  return unscaled(axis, lo + t * (hi - lo));
}

void widen(Axis& axis, double span) {
  const double middle = 0.5 * (axis.lo + axis.hi);
  axis.lo = middle - 0.5 * span;
  axis.hi = middle + 0.5 * span;
}

}  // namespace

Transform::Transform(const Axis& x, const Axis& y, const PxRect& rect) : x_(x), y_(y), rect_(rect) {}

Transform::Transform(const Panel& panel, const PxRect& rect) : Transform(panel.x, panel.y, rect) {
  if (!panel.equal_aspect || rect.width() <= 0 || rect.height() <= 0) return;
  const double unit_x = (x_.hi - x_.lo) / rect.width(), unit_y = (y_.hi - y_.lo) / rect.height();
  if (unit_x > unit_y) {
    widen(y_, unit_x * rect.height());
  } else {
    widen(x_, unit_y * rect.width());
  }
}

double Transform::px_x(double x) const { return rect_.x0 + fraction(x_, x) * rect_.width(); }
double Transform::px_y(double y) const { return rect_.y1 - fraction(y_, y) * rect_.height(); }
double Transform::x_at(double px) const { return value_at(x_, (px - rect_.x0) / rect_.width()); }
double Transform::y_at(double px) const { return value_at(y_, (rect_.y1 - px) / rect_.height()); }

double natural_aspect(const Panel& panel) {
  const double w = panel.x.hi - panel.x.lo, h = panel.y.hi - panel.y.lo;
  return w > 0 && h > 0 && std::isfinite(h / w) ? h / w : 1;
}

}  // namespace iem::paint
