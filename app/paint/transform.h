// From axis units to the pixels of a rectangle, and back.
#pragma once

#include "app/paint/canvas.h"
#include "core/figure/figure.h"

namespace iem::paint {

class Transform {
 public:
  // The panel's axes fill `rect`. With equal_aspect the range of one axis is widened about its middle, so
  // that a unit of x and of y have the same length; x_lo() ... y_hi() are the ranges in use.
  Transform(const Panel& panel, const PxRect& rect);
  // Axes as given, for a screen that pans and zooms.
  Transform(const Axis& x, const Axis& y, const PxRect& rect);

  Px operator()(double x, double y) const { return {px_x(x), px_y(y)}; }
  double px_x(double x) const;
  double px_y(double y) const;
  double x_at(double px) const;
  double y_at(double px) const;

  const PxRect& rect() const { return rect_; }
  const Axis& x() const { return x_; }  // the ranges in use
  const Axis& y() const { return y_; }

 private:
  Axis x_, y_;
  PxRect rect_;
};

// Height over width of the rectangle in which an equal-aspect panel fits without widening a range.
double natural_aspect(const Panel& panel);

}  // namespace iem::paint
