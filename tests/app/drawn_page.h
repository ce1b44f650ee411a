// A figure laid out and drawn as on paper, in the print theme, with every word and mark recorded.
#pragma once

#include "app/export/page_layout.h"
#include "tests/app/recording_canvas.h"

namespace iem::paint {

struct Drawn {
  Page page;
  RecordingCanvas canvas;
};

inline Drawn drawn(const Figure& figure, double width_cm, double height_cm = 0) {
  Drawn d;
  d.page = lay_out_page(figure, width_cm * kPxPerCm, height_cm * kPxPerCm, d.canvas);
  PaintOptions options;
  options.place_labels = true;
  options.image_density = 0.1;
  draw_page(d.page, theme(ThemeId::print), false, d.canvas, options);
  return d;
}

}  // namespace iem::paint
