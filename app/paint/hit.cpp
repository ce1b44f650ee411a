// The element at the pointer: the nearest one within reach in the topmost mark that has any.
#include <algorithm>
#include <cmath>

#include "app/paint/figure_painter.h"

namespace iem::paint {
namespace {

ElementId nearest_point(const Scatter& scatter, const Transform& to_px, Px at, double reach_px) {
  ElementId found;
  double best = scatter.radius_px + reach_px;
  for (std::size_t i = 0; i < std::min(scatter.x.size(), scatter.y.size()); ++i) {
    const double d = distance(to_px(scatter.x[i], scatter.y[i]), at);
    if (d <= best) best = d, found = {scatter.element, static_cast<int>(i)};
  }
  return found;
}

ElementId cell_at(const Heatmap& map, const Transform& to_px, Px at) {
  const bool is_one = map.element.kind != ElementId::Kind::none;
  if ((!is_one && map.elements == ElementId::Kind::none) || !to_px.rect().contains(at)) return {};
  const Px a = to_px(map.x0, map.y0), b = to_px(map.x1, map.y1);
  const double across = (at.x - std::min(a.x, b.x)) / std::abs(b.x - a.x) * map.columns;
  const double down = (at.y - std::min(a.y, b.y)) / std::abs(b.y - a.y) * map.rows;
  if (!(across >= 0 && across < map.columns && down >= 0 && down < map.rows)) return {};
  if (is_one) return map.element;
  const int row = static_cast<int>(down) * map.side, column = static_cast<int>(across) * map.side;
  return {map.elements, row * map.element_columns + column};
}

}  // namespace

ElementId element_at(const Panel& panel, const Transform& to_px, Px at, double reach_px) {
  for (auto mark = panel.marks.rbegin(); mark != panel.marks.rend(); ++mark) {
    if (const auto* marker = std::get_if<Marker>(&*mark)) {
      const bool near = distance(to_px(marker->x, marker->y), at) <= marker->radius_px + reach_px;
      if (near && marker->element.kind != ElementId::Kind::none) return marker->element;
    } else if (const auto* map = std::get_if<Heatmap>(&*mark)) {
      const ElementId found = cell_at(*map, to_px, at);
      if (found.kind != ElementId::Kind::none) return found;
    } else if (const auto* ring = std::get_if<RingMark>(&*mark)) {
      if (distance(to_px(ring->x, ring->y), at) <= 14 && ring->element.kind != ElementId::Kind::none)
        return ring->element;
    } else if (const auto* scatter = std::get_if<Scatter>(&*mark)) {
      if (scatter->element == ElementId::Kind::none) continue;
      const ElementId found = nearest_point(*scatter, to_px, at, reach_px);
      if (found.kind != ElementId::Kind::none) return found;
    }
  }
  return {};
}

}  // namespace iem::paint
