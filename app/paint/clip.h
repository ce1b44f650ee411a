// Lines and areas cut to a rectangle. Where a run diverges, ends of lines lie 1e10 pixels away and more.
// Dashes and triangles would be made for the whole length, and no surface can hold such coordinates.
#pragma once

#include <span>
#include <vector>

#include "app/paint/canvas.h"

namespace iem::paint {

// The runs of a line inside `rect`, in order, each of two points or more. A point that is not finite lifts
// the pen. A run that enters over the edge begins up to `period_px` before it, on its own straight line,
// where a line dashed with that period begins a dash: the dashes are those of the whole line.
std::vector<std::vector<Px>> clip_line(std::span<const Px> points, const PxRect& rect, bool closed,
                                       double period_px = 0);

// The part of an area inside (Sutherland & Hodgman 1974); empty when there is none or a corner is not finite.
std::vector<Px> clip_area(std::span<const Px> outline, const PxRect& rect);

// The parts of a band inside: between upper[i] and lower[i], which have the same x.
struct BandPiece {
  std::vector<Px> upper, lower;
};
std::vector<BandPiece> clip_band(std::span<const Px> upper, std::span<const Px> lower, const PxRect& rect);

}  // namespace iem::paint
