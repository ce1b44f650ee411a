// Screen versions of two kinds of marks: fields are drawn by the graphics card, clouds of many points as one
// cached picture.
#pragma once

#include "app/gui/gl/field_renderer.h"
#include "app/paint/figure_painter.h"

namespace iem::gui {

// Options for paint_marks on an ImGuiCanvas. `renderer` must outlive the frame.
paint::PaintOptions screen_options(FieldRenderer& renderer);

}  // namespace iem::gui
