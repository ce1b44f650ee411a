// The context in which marks are painted, shared by the files that paint marks.
#pragma once

#include <algorithm>
#include <variant>

#include "app/paint/figure_painter.h"

namespace iem::paint {

struct Brush {
  const Panel& panel;
  const Transform& to_px;
  const Theme& theme;
  Canvas& canvas;  // a BoundedCanvas over `surface`
  const PaintOptions& options;
  Canvas& surface;  // for code that depends on the kind of canvas

  bool hovered(ElementId::Kind kind, int index) const {
    return kind != ElementId::Kind::none && options.hovered == ElementId{kind, index};
  }
  bool shows(Px p) const { return to_px.rect().grown(1).contains(p); }  // false for NaN
};

template <class Kind>
bool draws(const Panel& panel) {
  const auto is_one = [](const Mark& mark) { return std::holds_alternative<Kind>(mark); };
  return std::ranges::any_of(panel.marks, is_one);
}

void paint(const Gauge& gauge, const Brush& brush);
void paint(const Legend& legend, const Brush& brush);
// The part of the plot that the cells of its first map cover, or the whole plot without a map; with equal
// axes the plot may be larger than the map.
PxRect ground_of(const Panel& panel, const Transform& to_px);
// The legend in a free corner of the plot, clear of `names` (PaintOptions::key_inside).
void paint_legend_inside(const Brush& brush, const PxRect& names);

}  // namespace iem::paint
