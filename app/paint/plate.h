// The paper plate behind words that stand over data.
#pragma once

#include "app/paint/canvas.h"
#include "app/paint/theme.h"

namespace iem::paint {

inline void paint_plate(Canvas& canvas, const PxRect& words, const Theme& theme) {
  canvas.fill_rect(words.grown(4), with_alpha(theme.paper, 0.84), 5);
}

}  // namespace iem::paint
