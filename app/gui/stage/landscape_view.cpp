#include "app/gui/stage/landscape_view.h"

#include <algorithm>
#include <cmath>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/style.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {
namespace {

constexpr const char *kAzimuth = "view.azimuth", *kElevation = "view.elevation";
constexpr double kTurn = 0.4, kTilt = 0.3;  // degrees a style pixel

}  // namespace

// Turns the surface by dragging the invisible button drawn last.
void LandscapeView::turn(PanelContext& context, const SurfaceMark& surface) {
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    context.reset(kAzimuth);
    context.reset(kElevation);
  }
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  if (!ImGui::IsItemActive() || !ImGui::IsMouseDown(ImGuiMouseButton_Right) || (moved.x == 0 && moved.y == 0))
    return;
  const double across = surface.azimuth + kTurn * moved.x / scale();
  context.set(kAzimuth, std::remainder(across, 360.0));
  context.set(kElevation, std::clamp(surface.elevation + kTilt * moved.y / scale(), 5.0, 90.0));
}

bool LandscapeView::draw(PanelContext& context, const Panel& panel, const PlotRange& range, ImVec2 min,
                         ImVec2 max) {
  const SurfaceMark* surface = nullptr;
  for (const Mark& mark : panel.marks)
    if (const auto* found = std::get_if<SurfaceMark>(&mark)) surface = found;
  if (!surface) return false;
  ImGui::SetCursorScreenPos(min);
  ImGui::InvisibleButton("##landscape", {max.x - min.x, max.y - min.y},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  turn(context, *surface);
  const paint::Transform to_px = plot_transform(panel, range, min, max);
  const paint::PxRect& rect = to_px.rect();
  const Print print{surface->input->revision,
                    range,
                    surface->azimuth,
                    surface->elevation,
                    rect.width(),
                    rect.height(),
                    scale(),
                    theme().id};
  if (!(print == print_) || picture_.image.rgba.empty())
    picture_ = paint::render_surface(*surface, to_px, theme(), scale());
  print_ = print;
  ImGuiCanvas canvas(ImGui::GetWindowDrawList());
  paint::paint_surface(panel, *surface, picture_, to_px, theme(), canvas, screen_options(*context.fields));
  return true;
}

}  // namespace iem::gui
