// A field drawn by the CPU, with its boundaries as true lines.
#pragma once

#include "app/paint/figure_painter.h"

namespace iem::paint {

void paint_field(const FieldMark& mark, const Transform& to_px, const Theme& theme, Canvas& canvas,
                 const PaintOptions& options);

}  // namespace iem::paint
