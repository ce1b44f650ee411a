#include "app/gui/plots/curve_reading.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/cell.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/figure/read_out.h"

namespace iem::gui {
namespace {

constexpr double kNearCurve = 24;  // style pixels up or down, for a curve to be meant

// Whether every line of a panel is a curve over its x, so that it has one value at each.
bool are_curves(const Panel& panel) {
  bool any = false;
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark)) {
      if (!std::ranges::is_sorted(line->x, std::less_equal<>())) return false;
      any = true;
    }
  return any;
}

// Of the curves of a panel, the one nearest to the pointer.
std::optional<CurveValue> nearest_curve(const PlotArea& area, const Panel& panel, double place) {
  const std::vector<CurveValue> all = read_out(panel, place);
  const auto away = [&](const CurveValue& c) {  // endless for 0 and below on a logarithmic axis
    const double y = area.to_px().px_y(c.y);
    return std::isfinite(y) ? std::abs(y - area.mouse().y) : std::numeric_limits<double>::infinity();
  };
  const auto nearest = std::ranges::min_element(all, {}, away);
  return nearest == all.end() ? std::nullopt : std::optional(*nearest);
}

// Reads off curves that are not over steps; a click on these does nothing.
std::string read_place(PlotArea& area, const Panel& panel) {
  if (!are_curves(panel)) return {};
  const double place = area.to_px().x_at(area.mouse().x);
  const auto curve = nearest_curve(area, panel, place);
  if (!curve || !(std::abs(area.to_px().px_y(curve->y) - area.mouse().y) <= kNearCurve)) return {};
  const ImVec2 at = ImGuiCanvas(area.list()).to_screen({area.mouse().x, area.to_px().px_y(curve->y)});
  area.list()->AddCircleFilled(at, 4.5F * scale(), colour(theme().paper));
  area.list()->AddCircleFilled(at, 3 * scale(), colour(theme().ink));
  const std::string name = panel.x.marked ? plain_caption(panel.x.label) : panel.x.label;
  std::string said = (name.empty() ? std::string("x") : name) + " = " + format_number(place, 3) + "   " +
                     curve->name + " = " + format_number(curve->y, 6);
  tooltip_here(said);
  return said;
}

}  // namespace

// Curves over steps follow the run: hovering reads one off, a click goes there.
std::string read_curve(PanelContext& context, PlotArea& area, const Panel& panel) {
  const Snapshot& now = context.snapshot();
  const std::int64_t last = context.reduced().covers_part("future") ? now.state.step : now.last_step();
  if (!area.hovered()) return {};
  if (panel.x.quantity != Quantity::step) return read_place(area, panel);
  if (last < 1) return {};
  const auto step = std::clamp<std::int64_t>(std::llround(area.to_px().x_at(area.mouse().x)), 0, last);
  const double x = area.to_px().px_x(static_cast<double>(step));
  const paint::PxRect& rect = area.to_px().rect();
  const ImGuiCanvas canvas(area.list());
  const ImVec2 top = canvas.to_screen({x, rect.y0}), bottom = canvas.to_screen({x, rect.y1});
  draw_rule_v(area.list(), top.x, top.y, bottom.y);
  std::string said = std::string(text::kStep) + " " + format_whole(step);
  if (const auto curve = nearest_curve(area, panel, static_cast<double>(step))) {
    if (const double y = area.to_px().px_y(curve->y); std::isfinite(y)) {
      const ImVec2 at = canvas.to_screen({x, y});
      area.list()->AddCircleFilled(at, 4.5F * scale(), colour(theme().paper));
      area.list()->AddCircleFilled(at, 3 * scale(), colour(theme().ink));
    }
    said += "   " + curve->name + " = " + format_number(curve->y, 6);
  }
  if (context.reduced().steps()) {
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) context.engine().seek(step);
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  tooltip_here(said);
  return said;
}

}  // namespace iem::gui
