#include "core/figure/shared_axes.h"

#include <algorithm>

namespace iem {
namespace {

constexpr double kColumnGap = 24, kLeastColumn = 120;

bool same_x(const Panel& a, const Panel& b) {
  return a.x.lo == b.x.lo && a.x.hi == b.x.hi && a.x.scale == b.x.scale;
}

bool same_axis(const Axis& a, const Axis& b) {
  return a.lo == b.lo && a.hi == b.hi && a.scale == b.scale && a.label == b.label;
}

// For panels side by side the numbers and names of axes that they share are shown at the left and at the
// bottom only, and the names of curves, which are the same in all, at the right.
std::vector<Panel> in_columns(const std::vector<Panel>& all, std::size_t columns) {
  std::vector<Panel> panels = all;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    Panel& panel = panels[i];
    if (i + columns < all.size() && same_axis(panel.x, all[i + columns].x))
      panel.x.ticks = false, panel.x.label = panel.x.unit = "";
    if (i % columns != 0 && same_axis(panel.y, all[i - 1].y))
      panel.y.ticks = false, panel.y.label = panel.y.unit = "";
    if (i % columns + 1 == columns) continue;
    for (Mark& mark : panel.marks)
      if (auto* line = std::get_if<Line>(&mark); line && line->name_at_end)
        line->name_at_end = false, line->label.clear();
  }
  return panels;
}

}  // namespace

std::size_t columns_on(const Figure& figure, double width_px) {
  const auto most = static_cast<int>((width_px + kColumnGap) / (kLeastColumn + kColumnGap));
  return static_cast<std::size_t>(std::clamp(figure.columns, 1, std::max(1, most)));
}

std::vector<Panel> with_shared_axes(const Figure& figure, std::size_t columns) {
  if (columns > 1) return in_columns(figure.panels, columns);
  std::vector<Panel> panels = figure.panels;
  for (std::size_t i = 0; i + 1 < panels.size(); ++i) {
    if (!same_x(panels[i], panels[i + 1]) || panels[i].equal_aspect) continue;
    panels[i].x.ticks = false;
    if (panels[i].x.label == panels[i + 1].x.label) panels[i].x.label = panels[i].x.unit = "";
  }
  for (Panel& panel : panels) panel.x.end_tick = panel.x.quantity == Quantity::step;
  return panels;
}

double column_gap(const std::vector<Panel>& panels, std::size_t columns) {
  constexpr double kNumbers = 36;
  for (std::size_t i = 0; i < panels.size(); ++i)
    if (i % columns != 0 && panels[i].y.ticks) return kColumnGap + kNumbers;
  return kColumnGap;
}

}  // namespace iem
