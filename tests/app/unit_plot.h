// A plot of the unit square, and what painting its marks draws.
#pragma once

#include <gtest/gtest.h>

#include "app/paint/figure_painter.h"
#include "tests/app/recording_canvas.h"

namespace iem::paint {

inline Panel unit_panel() {
  Panel panel;
  panel.x = {"", "", 0, 1, Scale::linear, true, false, 5};
  panel.y = {"", "", 0, 1, Scale::linear, true, false, 5};
  return panel;
}
inline const PxRect kPlot{10, 20, 110, 220};
inline const Theme& light() { return theme(ThemeId::light); }

inline RecordingCanvas painted(const Panel& panel, const PaintOptions& options = {}) {
  RecordingCanvas canvas;
  paint_marks(panel, Transform(panel, kPlot), light(), canvas, options);
  EXPECT_EQ(canvas.clips, 0);
  EXPECT_EQ(canvas.groups, 0);
  return canvas;
}

}  // namespace iem::paint
