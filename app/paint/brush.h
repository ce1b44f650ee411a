// What a mark is painted with, shared by the files that paint marks.
#pragma once

#include <cmath>

#include "app/paint/figure_painter.h"

namespace iem::paint {

struct Brush {
  const Panel& panel;
  const Transform& to_px;
  const Theme& theme;
  Canvas& canvas;
  const PaintOptions& options;

  bool hovered(ElementId::Kind kind, int index) const {
    return kind != ElementId::Kind::none && options.hovered == ElementId{kind, index};
  }
  bool shows(Px p) const { return to_px.rect().grown(1).contains(p); }  // false for NaN
};

inline bool finite(Px p) { return std::isfinite(p.x) && std::isfinite(p.y); }

void paint(const Gauge& gauge, const Brush& brush);
void paint(const Legend& legend, const Brush& brush);

}  // namespace iem::paint
