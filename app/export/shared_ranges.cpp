#include "app/export/shared_ranges.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

namespace iem {
namespace {

double largest_in(const Heatmap& map) {
  double largest = 0;
  for (const double v : map.values)
    if (std::isfinite(v)) largest = std::max(largest, std::abs(v));
  return largest;
}

// Calls `act` with each heat map of a panel that takes its scale from its own values, and its number.
template <class P, class Act>
void for_each_map(P& panel, Act act) {
  std::size_t number = 0;
  for (auto& mark : panel.marks)
    if (auto* map = std::get_if<Heatmap>(&mark); map && map->limit <= 0) act(*map, number++);
}

}  // namespace

void SharedRanges::Range::include(const Range& other) {
  const bool downwards = lo > hi;
  lo = downwards ? std::max(lo, other.lo) : std::min(lo, other.lo);
  hi = downwards ? std::min(hi, other.hi) : std::max(hi, other.hi);
}

SharedRanges::OfPanel SharedRanges::needs_of(const Panel& panel) {
  OfPanel of{{panel.x.lo, panel.x.hi}, {panel.y.lo, panel.y.hi}, {}};
  for_each_map(panel, [&](const Heatmap& map, std::size_t) { of.heat.push_back(largest_in(map)); });
  return of;
}

void SharedRanges::include(std::size_t index, OfPanel needs) {
  if (index == panels_.size()) return panels_.push_back(std::move(needs));
  OfPanel& all = panels_[index];
  all.x.include(needs.x), all.y.include(needs.y);
  all.heat.resize(std::max(all.heat.size(), needs.heat.size()));
  for (std::size_t k = 0; k < needs.heat.size(); ++k) all.heat[k] = std::max(all.heat[k], needs.heat[k]);
}

void SharedRanges::include(const Figure& figure) {
  for (std::size_t i = 0; i < figure.panels.size(); ++i) include(i, needs_of(figure.panels[i]));
}

void SharedRanges::include(const SharedRanges& other) {
  for (std::size_t i = 0; i < other.panels_.size(); ++i) include(i, other.panels_[i]);
}

Figure SharedRanges::over_all(Figure figure, Axes which) const {
  for (std::size_t i = 0; i < std::min(figure.panels.size(), panels_.size()); ++i) {
    Panel& panel = figure.panels[i];
    const OfPanel& all = panels_[i];
    if (which != Axes::y) panel.x.lo = all.x.lo, panel.x.hi = all.x.hi;
    if (which == Axes::x) continue;
    panel.y.lo = all.y.lo, panel.y.hi = all.y.hi;
    for_each_map(panel,
                 [&](Heatmap& map, std::size_t k) { map.limit = k < all.heat.size() ? all.heat[k] : 0; });
  }
  return figure;
}

}  // namespace iem
