#include "app/gui/plots/plot_area.h"

#include <cmath>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/style.h"
#include "implot.h"

namespace iem::gui {
namespace {

// ImPlot draws nothing visible: its own ticks would move the plot's edge whenever a number gets longer.
constexpr ImPlotFlags kPlotFlags = static_cast<ImPlotFlags>(ImPlotFlags_CanvasOnly) | ImPlotFlags_NoFrame;
constexpr ImPlotAxisFlags kAxis = static_cast<ImPlotAxisFlags>(ImPlotAxisFlags_NoDecorations) |
                                  ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoSideSwitch |
                                  ImPlotAxisFlags_NoHighlight | ImPlotAxisFlags_NoInitialFit;
constexpr ImGuiMouseButton kNoButton = 3;  // the fourth button, in place of the usual ones

paint::PxRect style_rect(ImVec2 min, ImVec2 max) {
  const double s = scale();
  return {min.x / s, min.y / s, max.x / s, max.y / s};
}

paint::Transform transform_for(const Panel& panel, const std::optional<PlotRange>& range,
                               const paint::PxRect& rect) {
  if (!range) return paint::Transform(panel, rect);
  Panel shown;
  shown.equal_aspect = panel.equal_aspect;
  shown.x = panel.x, shown.y = panel.y;
  shown.x.lo = range->x0, shown.x.hi = range->x1;
  shown.y.lo = range->y0, shown.y.hi = range->y1;
  return paint::Transform(shown, rect);
}

paint::Transform with_range(const Panel& panel, double x0, double x1, double y0, double y1,
                            const paint::PxRect& rect) {
  Axis x = panel.x, y = panel.y;
  x.lo = x0, x.hi = x1, y.lo = y0, y.hi = y1;
  return paint::Transform(x, y, rect);
}

bool differs(double a, double b, double span) { return std::abs(a - b) > 1e-9 * std::abs(span); }

void map_mouse(bool painted) {
  ImPlotInputMap& map = ImPlot::GetInputMap();
  const bool middle = painted || ImGui::IsMouseDown(ImGuiMouseButton_Middle);
  map.Pan = middle ? ImGuiMouseButton_Middle : ImGuiMouseButton_Right;
  map.Fit = map.Select = map.SelectCancel = map.Menu = kNoButton;
  map.OverrideMod = 0;
}

}  // namespace

PlotArea::PlotArea(const char* id, const Panel& panel, ImVec2 min, ImVec2 max, const PlotOptions& options)
    : to_px_(transform_for(panel, options.range, style_rect(min, max))),
      list_(ImGui::GetWindowDrawList()) {
  if (max.x - min.x < 8 || max.y - min.y < 8) return;
  x0_ = to_px_.x().lo, x1_ = to_px_.x().hi, y0_ = to_px_.y().lo, y1_ = to_px_.y().hi;
  map_mouse(options.painted);
  ImGui::SetCursorScreenPos(min);
  ImPlot::PushStyleVar(ImPlotStyleVar_PlotPadding, ImVec2(0, 0));
  ImPlot::PushStyleVar(ImPlotStyleVar_PlotMinSize, ImVec2(1, 1));
  const ImPlotFlags flags = kPlotFlags | (options.zoomable ? ImPlotFlags_None : ImPlotFlags_NoInputs);
  // The keyboard moves elements in the plot (app/gui/stage/key_hand.h) and never focuses the plot itself.
  ImGui::PushItemFlag(static_cast<ImGuiItemFlags>(ImGuiItemFlags_NoNav) | ImGuiItemFlags_NoTabStop, true);
  visible_ = ImPlot::BeginPlot(id, {max.x - min.x, max.y - min.y}, flags);
  ImGui::PopItemFlag();
  ImPlot::PopStyleVar(2);
  if (!visible_) return;
  ImPlot::SetupAxes(nullptr, nullptr, kAxis, kAxis);
  if (panel.x.scale == Scale::log10) ImPlot::SetupAxisScale(ImAxis_X1, ImPlotScale_Log10);
  if (panel.y.scale == Scale::log10) ImPlot::SetupAxisScale(ImAxis_Y1, ImPlotScale_Log10);
  ImPlot::SetupAxisLinks(ImAxis_X1, &x0_, &x1_);
  ImPlot::SetupAxisLinks(ImAxis_Y1, &y0_, &y1_);
  ImPlot::SetupFinish();
  hovered_ = ImPlot::IsPlotHovered();
  fit_asked_ =
      options.zoomable && !options.painted && hovered_ && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  const ImPlotRect now = ImPlot::GetPlotLimits();
  const double wx = x1_ - x0_, wy = y1_ - y0_;
  if (differs(now.X.Min, x0_, wx) || differs(now.X.Max, x1_, wx) || differs(now.Y.Min, y0_, wy) ||
      differs(now.Y.Max, y1_, wy)) {
    moved_ = PlotRange{now.X.Min, now.X.Max, now.Y.Min, now.Y.Max};
    to_px_ = with_range(panel, now.X.Min, now.X.Max, now.Y.Min, now.Y.Max, to_px_.rect());
  }
}

PlotArea::~PlotArea() {
  if (visible_) ImPlot::EndPlot();
}

paint::Px PlotArea::mouse() const { return ImGuiCanvas(list_).from_screen(ImGui::GetIO().MousePos); }

void PlotArea::paint(const Panel& panel, const PlotOptions& options) {
  if (!visible_) return;
  ImGuiCanvas canvas(list_);
  const paint::PaintOptions& o = options.paint;
  paint::paint_grid(panel, to_px_, theme(), canvas, o);
  paint_marks(panel, options);
  if (o.legend_below) paint::paint_legend(panel, to_px_, theme(), canvas, o);
  if (options.names) {
    paint::paint_axes(panel, to_px_, theme(), canvas, o);
  } else {
    Panel bare;
    bare.x = panel.x, bare.y = panel.y;
    bare.x.label.clear(), bare.x.unit.clear(), bare.y.label.clear(), bare.y.unit.clear();
    paint::paint_axes(bare, to_px_, theme(), canvas, o);
  }
}

void PlotArea::paint_marks(const Panel& panel, const PlotOptions& options) {
  if (!visible_) return;
  ImGuiCanvas canvas(list_);
  // Shapes with a centre may reach over the edge by their radius; nothing reaches the tick numbers.
  const float reach = px(7);
  const ImVec2 min = canvas.to_screen({to_px_.rect().x0, to_px_.rect().y0});
  const ImVec2 max = canvas.to_screen({to_px_.rect().x1, to_px_.rect().y1});
  list_->PushClipRect({min.x - reach, min.y - reach}, {max.x + reach, max.y + reach}, true);
  paint::paint_marks(panel, to_px_, theme(), canvas, options.paint);
  list_->PopClipRect();
}

paint::Transform plot_transform(const Panel& panel, const std::optional<PlotRange>& range, ImVec2 min,
                                ImVec2 max) {
  return transform_for(panel, range, style_rect(min, max));
}

float tick_room(const Panel& panel, ImVec2 min, ImVec2 max) {
  ImGuiCanvas canvas(ImGui::GetWindowDrawList());
  const paint::Transform to_px(panel, style_rect(min, max));
  return static_cast<float>(paint::y_tick_width(panel, to_px, canvas)) * scale();
}

}  // namespace iem::gui
