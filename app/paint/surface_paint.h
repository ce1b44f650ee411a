// A surface on any canvas: its ground as a picture, its box with ticks and names, and the prototypes of its
// panel where they stand.
#pragma once

#include "app/paint/figure_painter.h"
#include "core/field/ground.h"

namespace iem::paint {

struct SurfacePicture {
  Ground ground;
  Image image;  // of the ground alone, transparent around it, covering the plot
};

// `density`: pixels per style pixel. Takes some milliseconds: a window keeps it.
SurfacePicture render_surface(const SurfaceMark& surface, const Transform& to_px, const Theme& theme,
                              double density);

void paint_surface(const Panel& panel, const SurfaceMark& surface, const SurfacePicture& picture,
                   const Transform& to_px, const Theme& theme, Canvas& canvas, const PaintOptions& options);

}  // namespace iem::paint
