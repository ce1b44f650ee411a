#include "app/gui/stage/stage_drag.h"

#include <algorithm>
#include <cmath>

#include "imgui.h"

namespace iem::gui {
namespace {

using Kind = ElementId::Kind;
using paint::Px;

constexpr double kClick_px = 4;  // a press that moves less is a click

}  // namespace

// Chooses the prototype whose ellipse shows handles: the one under the pointer, until the pointer leaves its
// neighbourhood, else the pinned one. Exported figures show no handles, since they have no pointer.
void StageDrag::choose_shaped(PanelContext& context, const ElementId& under, const paint::Transform& to_px,
                              Px mouse, bool inside) {
  constexpr double kNear = 1.7;  // standard deviations
  ViewState& view = context.view();
  int shaped = -1;
  if (inside && under.kind == Kind::prototype) {
    shaped = under.index;
  } else if (inside && under.kind == Kind::ellipse) {
    shaped = under.index / kEllipseHandles;
  } else if (inside) {
    if (const auto held = context.lab().ellipse_of(context.snapshot(), view.shaped)) {
      const double dx = to_px.x_at(mouse.x) - held->x, dy = to_px.y_at(mouse.y) - held->y;
      const Sym2& s = held->sigma;
      const double det = s.xx * s.yy - s.xy * s.xy;
      if ((s.yy * dx * dx - 2 * s.xy * dx * dy + s.xx * dy * dy) / det < kNear * kNear) shaped = view.shaped;
    }
    if (shaped < 0 && view.pinned.kind == Kind::prototype) shaped = view.pinned.index;
  }
  if (shaped == view.shaped) return;
  view.shaped = shaped;
  view.touch();
}

void StageDrag::update(PanelContext& context, const Panel& panel, const paint::Transform& to_px, Px mouse,
                       bool inside) {
  ViewState& view = context.view();
  const bool lost =
      !ImGui::IsMouseDown(ImGuiMouseButton_Left) && !ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  if (lost) held_.release(), pressed_ = {};  // let go where this plot was not seen
  if (!holding()) {
    ElementId under = inside ? paint::element_at(panel, to_px, mouse) : ElementId{};
    if (under.kind == Kind::ellipse) {
      // The handles of a small ellipse must not cover its prototype.
      const ElementId owner{Kind::prototype, under.index / kEllipseHandles};
      const auto place = place_of(panel, owner);
      if (place && std::hypot(to_px.px_x(place->first) - mouse.x, to_px.px_y(place->second) - mouse.y) < 8)
        under = owner;
    }
    choose_shaped(context, under, to_px, mouse, inside);
    // A click means the element that the last frame showed, since the run may have moved the prototype away
    // from a resting pointer by now.
    const bool rested = std::hypot(mouse.x - mouse_before_.x, mouse.y - mouse_before_.y) <= kClick_px;
    const ElementId aimed = rested && view.hovered.kind != Kind::none ? view.hovered : under;
    if (inside && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) press(context, aimed, panel, to_px, mouse);
    if (inside) view.by_plot = false;
    if (!holding() && !view.by_plot && !(under == view.hovered)) {
      view.hovered = under;
      view.touch();
    }
    if (under.kind != Kind::none) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  mouse_before_ = mouse;
  if (pressed_.kind == Kind::none && !holding()) return;
  if (std::hypot(mouse.x - pressed_at_.x, mouse.y - pressed_at_.y) > kClick_px) moved_ = true;
  if (holding() && moved_) held_.move(context, to_px, mouse);
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) release(context);
}

void StageDrag::press(PanelContext& context, const ElementId& element, const Panel& panel,
                      const paint::Transform& to_px, Px mouse) {
  pressed_ = element;
  pressed_at_ = mouse;
  moved_ = false;
  held_.take(context, element, panel, to_px, mouse);
}

void StageDrag::release(PanelContext& context) {
  ViewState& view = context.view();
  if (!moved_ &&
      (pressed_.kind == Kind::point || pressed_.kind == Kind::query || pressed_.kind == Kind::token))
    view.pin_point(view.pinned_point(context.snapshot()) == pressed_.index ? -1 : pressed_.index);
  if (!moved_ && pressed_.kind == Kind::prototype) {
    view.pinned = view.pinned == pressed_ ? ElementId{} : pressed_;
    view.touch();
  }
  held_.release();
  pressed_ = {};
}

}  // namespace iem::gui
