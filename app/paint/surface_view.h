// A box seen from above at an angle, without perspective: where a place in it lies on the plot, and how far
// away it is.
#pragma once

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

// Of a panel's surface: its ground, with a little room below and above it.
SurfaceView view_of(const Ground& ground, const SurfaceMark& surface, const Transform& to_px);

}  // namespace iem::paint
