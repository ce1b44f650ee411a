// The shapes of prototypes and arrows, as outlines in pixels, and the paper plate behind words over data.
#pragma once

#include <vector>

#include "app/paint/canvas.h"
#include "app/paint/theme.h"
#include "core/figure/figure.h"

namespace iem::paint {

// Outline of prototype `j`'s shape; radii are optical: all shapes look as large as a disc of `radius_px`.
// Empty for the disc itself.
std::vector<Px> prototype_outline(int j, Px centre, double radius_px);

// Shaft with a halo, dashed or not, ending at the base of a head that is at most 60 % of the whole.
void paint_arrow(Canvas& canvas, Px from, Px to, const Arrow& arrow, Rgba colour, Rgb paper);

void paint_shape(Canvas& canvas, Shape shape, int prototype, Px centre, double radius_px, Rgba colour,
                 Rgb paper, double halo_px, bool hollow, double stroke_px);

inline void paint_plate(Canvas& canvas, const PxRect& words, const Theme& theme) {
  canvas.fill_rect(words.grown(4), with_alpha(theme.paper, 0.84), 5);
}

}  // namespace iem::paint
