#include "app/gui/plots/figure_view.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

constexpr float kTicksBelow = 20, kTitleAbove = 34, kLeastPanel = 46;
constexpr float kNamed = 110;  // a panel at least so high has room for the names of its axes

void panel_title(const Panel& panel, ImVec2 at) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float x = at.x + draw_text(list, panel.title, at, colour(theme().ink), type::kBody, Face::bold);
  if (!panel.title_tex.empty())
    draw_formula(list, panel.title_tex, {x + px(10), at.y}, 15, colour(theme().muted));
}

}  // namespace

void FigureView::draw_panel(PanelContext& context, const std::string& name, const Panel& panel, ImVec2 min,
                            ImVec2 max, const Hooks& hooks) {
  const float needed = std::ceil(tick_room(panel, min, {max.x, max.y - px(kTicksBelow)}) / px(4)) * px(4);
  room_ = std::max(room_, needed);
  PlotOptions options;
  options.names = hooks.names && max.y - min.y >= px(kNamed);
  options.paint = screen_options(*context.fields);
  if (const auto zoom = context.view().zoom.find(name); zoom != context.view().zoom.end())
    options.range = zoom->second;
  const ImVec2 plot_min(min.x + room_, min.y), plot_max(max.x, max.y - (panel.x.ticks ? px(kTicksBelow) : 0));
  PlotArea area(("##" + name).c_str(), panel, plot_min, plot_max, options);
  if (!area.visible()) return;
  if (area.moved()) context.view().zoom[name] = *area.moved();
  if (area.fit_asked()) context.view().zoom.erase(name);
  area.paint(panel, options);
  if (hooks.over) hooks.over(area, panel);
}

std::size_t FigureView::panels_shown(const Figure& figure, float height) {
  double total = 0, least = std::numeric_limits<double>::infinity();
  for (const Panel& panel : figure.panels) total += panel.height, least = std::min(least, panel.height);
  const bool room = static_cast<double>(height) * least / total >= px(kLeastPanel);
  return room ? figure.panels.size() : std::min<std::size_t>(1, figure.panels.size());
}

void FigureView::draw(PanelContext& context, const std::string& figure_id, ImVec2 min, ImVec2 max,
                      const Hooks& hooks) {
  const ImVec2 size(max.x - min.x, max.y - min.y);
  ImVec2& known = sizes_[figure_id];
  if (opened_ != context.opened() || scale_ != scale() || known.x != size.x || known.y != size.y) room_ = 0;
  known = size;
  opened_ = context.opened();
  scale_ = scale();
  const Figure& figure = context.figure(figure_id);
  const std::size_t count = panels_shown(figure, max.y - min.y);
  double total = 0;
  for (std::size_t i = 0; i < count; ++i) total += figure.panels[i].height;
  float y = min.y;
  for (std::size_t i = 0; i < count; ++i) {
    const Panel& panel = figure.panels[i];
    const float end = std::round(y + (max.y - min.y) * static_cast<float>(panel.height / total));
    const float above = hooks.titles && i > 0 ? px(kTitleAbove) : 0;
    if (above > 0) panel_title(panel, {min.x, y + px(kTitleAbove - 10)});
    draw_panel(context, figure_id + (i > 0 ? "." + std::to_string(i) : ""), panel, {min.x, y + above},
               {max.x, end}, hooks);
    y = end;
  }
}

}  // namespace iem::gui
