#include "app/gui/plots/figure_view.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/plots/lit_marks.h"
#include "app/gui/widgets/cover.h"
#include "app/gui/widgets/widgets.h"
#include "core/figure/log_axis.h"

namespace iem::gui {
namespace {

constexpr float kTicksBelow = 20, kMarksBelow = 6, kTitleAbove = 34, kLeastPanel = 46;
// Between panels whose plots would touch: the lowest number of one and the highest of the next.
constexpr float kNumbersApart = 12;
// Left of every plot, for its tick numbers, and how far longer ones reach into the cell's margin, of which
// the rest keeps them off the cell's edge. Together they hold -0.0005: hardly any number that a run comes to
// is wider.
constexpr float kTickRoom = 38, kIntoMargin = 12;
constexpr float kBeforeWords = 6;  // beside the plot: where its tick numbers end
constexpr float kNamed = 110;      // a panel at least so high has room for the names of its axes

// Below a plot of this width: its tick numbers, or marks that stand on its lower edge and reach over it, and
// the key.
float room_below(const Panel& panel, float width, bool key_below) {
  const bool stand =
      std::ranges::any_of(panel.marks, [](const Mark& mark) { return std::holds_alternative<Marker>(mark); });
  const float room = px(panel.x.ticks ? kTicksBelow : stand ? kMarksBelow : 0);
  if (!key_below) return room;
  ImGuiCanvas canvas(ImGui::GetWindowDrawList());
  paint::PaintOptions options;
  options.legend_below = true;
  return room + static_cast<float>(paint::legend_room(panel, width / scale(), canvas, options)) * scale();
}

// What a curve over steps has after the present one, in its place and of its size.
void cover_future(PanelContext& context, const Panel& panel, const PlotArea& area) {
  constexpr float kBehindNow = 10;
  if (panel.x.quantity != Quantity::step || !context.reduced().covers_part("future")) return;
  const paint::PxRect& plot = area.to_px().rect();
  const double now = area.to_px().px_x(static_cast<double>(context.snapshot().state.step));
  const ImGuiCanvas canvas(area.list());
  ImVec2 min = canvas.to_screen({std::max(now, plot.x0), plot.y0});
  const ImVec2 max = canvas.to_screen({plot.x1, plot.y1});
  min.x += px(kBehindNow);
  if (max.x > min.x) draw_cover(min, max);
}

void panel_title(const Panel& panel, ImVec2 at) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float x = at.x + draw_text(list, panel.title, at, colour(theme().ink), type::kBody, Face::bold);
  if (!panel.title_tex.empty())
    draw_formula(list, panel.title_tex, {x + px(10), at.y}, 15, colour(theme().muted));
}

}  // namespace

void FigureView::draw_panel(PanelContext& context, const std::string& name, const Panel& panel, ImVec2 min,
                            ImVec2 max, const Hooks& hooks) {
  const float widest = tick_room(panel, min, {max.x, max.y - px(kTicksBelow)}) - px(kIntoMargin);
  room_ = std::max(room_, px(kTickRoom));
  // Numbers longer than that are set smaller until the run rests.
  const bool still = !context.snapshot().playing && !context.walks;
  if (still) room_ = std::max(room_, std::ceil(widest / px(4)) * px(4));
  PlotOptions options;
  options.names = hooks.names && max.y - min.y >= px(kNamed);
  options.paint = screen_options(*context.fields);
  options.paint.legend_below = hooks.key_below;
  if (hooks.beside > 0) {
    options.paint.taken_from = (hooks.beside - px(kBeforeWords)) / scale();
    options.paint.taken_to = std::numeric_limits<double>::infinity();
  }
  if (widest > room_) options.paint.type_scale = (room_ + px(kIntoMargin)) / (widest + px(kIntoMargin));
  if (const auto zoom = context.view().zoom.find(name); zoom != context.view().zoom.end())
    options.range = zoom->second;
  const float left = panel.y.ticks ? room_ : 0;
  const ImVec2 plot_min(min.x + left, min.y),
      plot_max(max.x, max.y - room_below(panel, max.x - min.x - left, hooks.key_below));
  PlotArea area(("##" + name).c_str(), panel, plot_min, plot_max, options);
  if (!area.visible()) return;
  if (area.moved()) context.view().zoom[name] = *area.moved();
  if (area.fit_asked()) context.view().zoom.erase(name);
  area.paint(panel, options);
  light_marks(context, name.substr(0, name.find('.')), panel, area, options);
  cover_future(context, panel, area);
  if (hooks.over) hooks.over(area, panel);
}

// The numbers of an axis of curves are a switch: linear, logarithmic.
void FigureView::switch_axes(PanelContext& context, const std::string& name, const Panel& panel, ImVec2 min,
                             ImVec2 max, const Hooks& hooks) const {
  const float below = room_below(panel, max.x - min.x - room_, hooks.key_below);
  for (const bool of_x : {true, false}) {
    const ImVec2 from = of_x ? ImVec2(min.x + room_, max.y - below) : min;
    const ImVec2 to = of_x ? max : ImVec2(min.x + room_, max.y - below);
    const std::string key = name + (of_x ? ".x" : ".y");
    const bool is_log = context.view().log_axes.contains(key);
    if (to.x - from.x < 1 || to.y - from.y < 1 || !ImGui::IsMouseHoveringRect(from, to)) continue;
    if (!is_log && !can_be_log(panel, of_x)) continue;
    ImGui::SetCursorScreenPos(from);
    const bool pressed =
        ImGui::InvisibleButton(("##" + key + ".scale").c_str(), {to.x - from.x, to.y - from.y});
    tooltip(is_log ? text::kLinearAxis : text::kLogAxis);
    if (!pressed) continue;
    is_log ? static_cast<void>(context.view().log_axes.erase(key))
           : static_cast<void>(context.view().log_axes.insert(key));
    context.view().zoom.erase(name);
  }
}

// As the user has switched its axes.
void FigureView::draw_switched(PanelContext& context, const std::string& name, const Panel& panel, ImVec2 min,
                               ImVec2 max, const Hooks& hooks) {
  const std::set<std::string>& log = context.view().log_axes;
  const bool x = log.contains(name + ".x"), y = log.contains(name + ".y");
  if (!x && !y) {
    draw_panel(context, name, panel, min, max, hooks);
  } else {
    Panel other = x ? on_log_axis(panel, true) : panel;
    if (y) other = on_log_axis(std::move(other), false);
    draw_panel(context, name, other, min, max, hooks);
  }
  switch_axes(context, name, panel, min, max, hooks);
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
    const float below = i + 1 < count && !panel.x.ticks && !hooks.titles ? px(kNumbersApart) : 0;
    draw_switched(context, figure_id + (i > 0 ? "." + std::to_string(i) : ""), panel, {min.x, y + above},
                  {max.x, end - below}, hooks);
    y = end;
  }
}

}  // namespace iem::gui
