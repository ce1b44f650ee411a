// Drawing a part of a frame of ImGui's.
#pragma once

#include <span>

#include "app/gui/gl/frame_copy.h"

namespace iem::gui {

// Clears these disjoint rectangles of the framebuffer that is bound, and draws what the frame has there:
// pixel for pixel what drawing all of it would put there. `copy` is that of `data`.
void draw_part(ImDrawData& data, const FrameCopy& copy, std::span<const PixelRect> rects,
               const ImVec4& clear);

}  // namespace iem::gui
