#include "core/figure/element_place.h"

namespace iem {

std::optional<std::pair<double, double>> place_of(const Panel& panel, const ElementId& element) {
  for (auto mark = panel.marks.rbegin(); mark != panel.marks.rend(); ++mark) {
    if (const auto* marker = std::get_if<Marker>(&*mark); marker && marker->element == element)
      return std::pair(marker->x, marker->y);
    if (const auto* ring = std::get_if<RingMark>(&*mark); ring && ring->element == element)
      return std::pair(ring->x, ring->y);
  }
  return std::nullopt;
}

}  // namespace iem
