#include "app/gui/figure_view.h"

#include <algorithm>
#include <cmath>

#include "app/gui/screen_paint.h"
#include "app/gui/style.h"

namespace iem::gui {
namespace {

constexpr float kTicksBelow = 20;

}  // namespace

void FigureView::draw_panel(Desk& desk, const std::string& name, const Panel& panel, ImVec2 min, ImVec2 max,
                            const Hooks& hooks) {
  const float needed = std::ceil(tick_room(panel, min, {max.x, max.y - px(kTicksBelow)}) / px(4)) * px(4);
  room_ = std::max(room_, needed);
  PlotOptions options;
  options.names = hooks.names;
  options.paint = screen_options(*desk.fields);
  if (const auto zoom = desk.view().zoom.find(name); zoom != desk.view().zoom.end())
    options.range = zoom->second;
  const ImVec2 plot_min(min.x + room_, min.y), plot_max(max.x, max.y - (panel.x.ticks ? px(kTicksBelow) : 0));
  PlotArea area(("##" + name).c_str(), panel, plot_min, plot_max, options);
  if (!area.visible()) return;
  if (area.moved()) desk.view().zoom[name] = *area.moved();
  if (area.fit_asked()) desk.view().zoom.erase(name);
  area.paint(panel, options);
  if (hooks.over) hooks.over(area, panel);
}

void FigureView::draw(Desk& desk, const std::string& figure_id, ImVec2 min, ImVec2 max, const Hooks& hooks) {
  const ImVec2 size(max.x - min.x, max.y - min.y);
  ImVec2& known = sizes_[figure_id];
  if (opened_ != desk.opened() || scale_ != scale() || known.x != size.x || known.y != size.y) room_ = 0;
  known = size;
  opened_ = desk.opened();
  scale_ = scale();
  const Figure& figure = desk.figure(figure_id);
  double total = 0;
  for (const Panel& panel : figure.panels) total += panel.height;
  float y = min.y;
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    const Panel& panel = figure.panels[i];
    const float end = std::round(y + (max.y - min.y) * static_cast<float>(panel.height / total));
    draw_panel(desk, figure_id + (i > 0 ? "." + std::to_string(i) : ""), panel, {min.x, y}, {max.x, end},
               hooks);
    y = end;
  }
}

}  // namespace iem::gui
