#include "app/gui/present/stage_tools.h"

#include <algorithm>
#include <cmath>

#include "app/gui/context/panel_context.h"
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/spotlight.h"
#include "app/paint/figure_painter.h"

namespace iem::gui {
namespace {

using paint::Px;
using paint::PxRect;

constexpr float kSpot_px = 100;              // radius of the spotlight, style pixels
constexpr double kLens_px = 90, kTimes = 3;  // half of its side, and how much it enlarges

void draw_strokes(const Strokes& strokes, const paint::Transform& to_px, ImGuiCanvas& canvas) {
  Panel over;
  strokes.add_to(over);
  paint::paint_marks(over, to_px, theme(), canvas);
}

// The part of the stage around the pointer once more, larger: the distances grow, the marks do not.
void draw_lens(PanelContext& context, const Panel& panel, const paint::Transform& to_px, Px at,
               ImGuiCanvas& canvas) {
  const PxRect lens{at.x - kLens_px, at.y - kLens_px, at.x + kLens_px, at.y + kLens_px};
  Axis x = panel.x, y = panel.y;
  const double part = kLens_px / kTimes;
  x.lo = to_px.x_at(at.x - part), x.hi = to_px.x_at(at.x + part);
  y.lo = to_px.y_at(at.y + part), y.hi = to_px.y_at(at.y - part);
  const paint::Transform larger(x, y, lens);
  canvas.push_clip(lens);
  canvas.fill_rect(lens, {theme().paper, 1}, 0);
  paint::PaintOptions options = screen_options(*context.fields);
  options.field = nullptr;  // the card's picture of the field is the stage's
  options.image_density = 1;
  options.mark_scale = 1.4;
  paint::paint_marks(panel, larger, theme(), canvas, options);
  draw_strokes(context.strokes, larger, canvas);
  canvas.pop_clip();
  const Px frame[] = {
      {lens.x0, lens.y0}, {lens.x1, lens.y0}, {lens.x1, lens.y1}, {lens.x0, lens.y1}, {lens.x0, lens.y0}};
  canvas.polyline(frame, {.colour = {theme().ink, 1}, .width_px = 2});
}

}  // namespace

bool StageTools::update(PanelContext& context, const Panel& panel, const paint::Transform& to_px, Px mouse,
                        bool inside, ImDrawList* list) {
  const bool taken = beneath_.update(context, panel, to_px, mouse, inside && tool_ != StageTool::pen, list);
  ImGuiCanvas canvas(list);
  Strokes& strokes = context.strokes;
  const bool drawing = tool_ == StageTool::pen && inside && ImGui::IsMouseDown(ImGuiMouseButton_Left);
  if (drawing)
    strokes.draw_to(to_px.x_at(mouse.x), to_px.y_at(mouse.y));
  else
    strokes.lift(ImGui::GetTime());
  draw_strokes(strokes, to_px, canvas);
  if (tool_ == StageTool::none || !inside) return taken;
  if (tool_ == StageTool::pen) ImGui::SetMouseCursor(ImGuiMouseCursor_None);
  if (tool_ == StageTool::pen) canvas.disc(mouse, 3, {theme().warn, 1}, 1, {theme().paper, 1});
  if (tool_ == StageTool::spotlight) {
    const ImVec2 min = canvas.to_screen({to_px.rect().x0, to_px.rect().y0}),
                 max = canvas.to_screen({to_px.rect().x1, to_px.rect().y1}), at = canvas.to_screen(mouse);
    draw_spotlight(list, min, max, {&at, 1}, kSpot_px);
  }
  if (tool_ == StageTool::lens) draw_lens(context, panel, to_px, mouse, canvas);
  return tool_ == StageTool::pen || taken;
}

}  // namespace iem::gui
