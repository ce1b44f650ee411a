#include "app/export/animation/steady_pages.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "core/base/error.h"

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

void SteadyPages::Range::include(const Range& other) {
  lo = std::min(lo, other.lo), hi = std::max(hi, other.hi);
}

std::vector<SteadyPages::OfPanel> SteadyPages::needs_of(const Figure& figure) {
  std::vector<OfPanel> out;
  for (const Panel& panel : figure.panels) {
    OfPanel of{{panel.x.lo, panel.x.hi}, {panel.y.lo, panel.y.hi}, {}};
    for_each_map(panel, [&](const Heatmap& map, std::size_t) { of.heat.push_back(largest_in(map)); });
    out.push_back(std::move(of));
  }
  return out;
}

void SteadyPages::see(int index, const Figure& figure) {
  if (!figure.sentence.empty()) return;
  const paint::PageRoom room = page_of(figure, options_).room;
  const std::vector<OfPanel> needs = needs_of(figure);
  const std::lock_guard lock(mutex_);
  room_.include(room);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (i == panels_.size()) {
      panels_.push_back(needs[i]);
      continue;
    }
    OfPanel& all = panels_[i];
    all.x.include(needs[i].x), all.y.include(needs[i].y);
    all.heat.resize(std::max(all.heat.size(), needs[i].heat.size()));
    for (std::size_t k = 0; k < needs[i].heat.size(); ++k)
      all.heat[k] = std::max(all.heat[k], needs[i].heat[k]);
  }
  const std::size_t here = figure.panels.size(), most = fullest_.panels.size();
  if (fullest_index_ >= 0 && (here < most || (here == most && index > fullest_index_))) return;
  fullest_ = figure, fullest_index_ = index;
}

void SteadyPages::settle() {
  if (fullest_index_ < 0) throw InputError("there is nothing to show at any of these steps");
  // The numbers at an axis that holds all frames may be wider than those of any of them.
  const Figure figure = limited(std::exchange(fullest_, {}));
  room_.include(page_of(figure, options_).room);
  const paint::Page page = page_of(figure, options_, &room_);
  height_px_ = page.height_px;
  size_ = size_of_page(figure, page, options_);
}

Figure SteadyPages::limited(Figure figure) const {
  if (!figure.sentence.empty()) return figure;
  for (std::size_t i = 0; i < std::min(figure.panels.size(), panels_.size()); ++i) {
    Panel& panel = figure.panels[i];
    const OfPanel& all = panels_[i];
    panel.x.lo = all.x.lo, panel.x.hi = all.x.hi;
    panel.y.lo = all.y.lo, panel.y.hi = all.y.hi;
    for_each_map(panel,
                 [&](Heatmap& map, std::size_t k) { map.limit = k < all.heat.size() ? all.heat[k] : 0; });
  }
  return figure;
}

paint::Image SteadyPages::draw(Figure figure, double scale) const {
  ExportOptions options = options_;
  options.dpi *= scale;
  const Figure steady = limited(std::move(figure));  // it owns what the page shows
  paint::Page page = page_of(steady, options, &room_);
  page.height_px = height_px_;
  return render_page(steady, page, options, true);
}

}  // namespace iem
