// What differs between two frames.
#pragma once

#include <vector>

#include "app/gui/gl/frame_copy.h"

namespace iem::gui {

// Disjoint rectangles, few, that hold every pixel in which the frames may differ: that of a triangle which is
// in one of them only or in another place of the order, or which shows a texture whose pixels were replaced.
// All of the window where its size differs.
std::vector<PixelRect> damage_between(const FrameCopy& before, const FrameCopy& now);

}  // namespace iem::gui
