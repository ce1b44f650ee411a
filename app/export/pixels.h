// Drawing into pixels without a window.
#pragma once

#include <functional>

#include "app/export/page_layout.h"
#include "app/paint/canvas.h"
#include "core/figure/figure.h"

namespace iem {

// A picture of this size, `scale` pixels a style pixel, that `draw` draws on, with no line thinner than
// `least_line_px`. Clear where it draws nothing.
paint::Image drawn_pixels(int width, int height, double scale,
                          const std::function<void(paint::Canvas&)>& draw,
                          double least_line_px = paint::kLeastLinePx);

// A figure at a glance: its marks alone, without axes and words. Safe on any thread.
paint::Image render_thumbnail(const Figure& figure, int width, int height, paint::ThemeId theme);

}  // namespace iem
