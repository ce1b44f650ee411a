// Matrices: cells with a hairline of paper between them while they are large, one picture when they are
// small.
#pragma once

#include "app/paint/figure_painter.h"

namespace iem::paint {

void paint_heatmap(const Heatmap& map, const Transform& to_px, const Theme& theme, Canvas& canvas,
                   const PaintOptions& options);

}  // namespace iem::paint
