#include "app/gui/stage/stage_hand.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "imgui.h"

namespace iem::gui {
namespace {

using Kind = ElementId::Kind;
using paint::Px;

constexpr double kClick_px = 4;  // a press that moves less is a click

bool can_drag(Kind kind) {
  return kind == Kind::prototype || kind == Kind::probe_end || kind == Kind::target ||
         kind == Kind::ellipse || kind == Kind::query || kind == Kind::key || kind == Kind::value;
}

// Where the marker of an element stands.
std::optional<std::pair<double, double>> place_of(const Panel& panel, const ElementId& element) {
  for (auto mark = panel.marks.rbegin(); mark != panel.marks.rend(); ++mark)
    if (const auto* marker = std::get_if<Marker>(&*mark); marker && marker->element == element)
      return std::pair(marker->x, marker->y);
  return std::nullopt;
}

std::optional<Tensor> block(const Snapshot& snapshot, std::string_view name) {
  for (NamedTensor& named : snapshot.model().natural(snapshot.state.theta))
    if (named.name == name) return std::move(named.tensor);
  return std::nullopt;
}

// Component j of the snapshot: where it is and its covariance. Nothing where a lab has no such blocks.
struct Held {
  double x = 0, y = 0;
  Sym2 sigma;
};
std::optional<Held> component(const Snapshot& snapshot, int j) {
  const auto means = block(snapshot, "means"), covariances = block(snapshot, "covariances");
  const auto at = static_cast<std::size_t>(j);
  if (j < 0 || !means || !covariances || means->data.size() < 2 * at + 2 ||
      covariances->data.size() < 4 * at + 4)
    return std::nullopt;
  const double* s = covariances->data.data() + 4 * at;
  return Held{means->data[2 * at], means->data[2 * at + 1], {s[0], s[1], s[3]}};
}

std::string covariance_kind(const Snapshot& snapshot) {
  const Config& config = snapshot.config();
  return config.table().find("model.covariance") ? config.text("model.covariance") : std::string();
}

// How long one unit of each axis is, as the stage's figure has it (stage_units in
// core/labs/mixture/figures/stage.cpp).
std::pair<double, double> units_of(const Panel& panel) {
  if (panel.equal_aspect) return {1, 1};
  return {panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo};
}

}  // namespace

// Handles show on the ellipse of the prototype under the pointer, until it leaves the neighbourhood; else on
// that of the pinned one. Never without a pointer: a page has none.
void StageHand::choose_shaped(Desk& desk, const ElementId& under, const paint::Transform& to_px, Px mouse,
                              bool inside) {
  constexpr double kNear = 1.7;  // standard deviations
  ViewState& view = desk.view();
  int shaped = -1;
  if (inside && under.kind == Kind::prototype) {
    shaped = under.index;
  } else if (inside && under.kind == Kind::ellipse) {
    shaped = under.index / kEllipseHandles;
  } else if (inside) {
    if (const auto held = component(desk.snapshot(), view.shaped)) {
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

void StageHand::update(Desk& desk, const Panel& panel, const paint::Transform& to_px, Px mouse, bool inside) {
  ViewState& view = desk.view();
  if (!holding()) {
    ElementId under = inside ? paint::element_at(panel, to_px, mouse) : ElementId{};
    if (under.kind == Kind::ellipse) {
      // The handles of a small ellipse must not hide what they belong to.
      const ElementId owner{Kind::prototype, under.index / kEllipseHandles};
      const auto place = place_of(panel, owner);
      if (place && std::hypot(to_px.px_x(place->first) - mouse.x, to_px.px_y(place->second) - mouse.y) < 8)
        under = owner;
    }
    choose_shaped(desk, under, to_px, mouse, inside);
    // A click is on what the last frame showed: by now the run may have carried the prototype away from a
    // pointer at rest.
    const bool rested = std::hypot(mouse.x - mouse_before_.x, mouse.y - mouse_before_.y) <= kClick_px;
    const ElementId aimed = rested && view.hovered.kind != Kind::none ? view.hovered : under;
    if (inside && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) press(desk, aimed, panel, to_px, mouse);
    const bool of_a_map = !inside && view.hovered.kind == Kind::score;  // the pointer is on another plot
    if (!holding() && !of_a_map && !(under == view.hovered)) {
      view.hovered = under;
      view.touch();
    }
    if (under.kind != Kind::none) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  mouse_before_ = mouse;
  if (pressed_.kind == Kind::none && !holding()) return;
  if (std::hypot(mouse.x - pressed_at_.x, mouse.y - pressed_at_.y) > kClick_px) moved_ = true;
  if (holding() && moved_) drag(desk, to_px, mouse);
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) release(desk);
}

void StageHand::press(Desk& desk, const ElementId& element, const Panel& panel, const paint::Transform& to_px,
                      Px mouse) {
  pressed_ = element;
  pressed_at_ = mouse;
  moved_ = false;
  if (!can_drag(pressed_.kind)) return;
  const auto place = place_of(panel, pressed_);
  if (!place) return;
  held_ = pressed_;
  grip_x_ = place->first - to_px.x_at(mouse.x);
  grip_y_ = place->second - to_px.y_at(mouse.y);
  if (held_.kind == Kind::ellipse) {
    const auto taken = component(desk.snapshot(), held_.index / kEllipseHandles);
    const auto [unit_x, unit_y] = units_of(panel);
    if (!taken) return release(desk);
    frame_ = ellipse_frame(taken->sigma, unit_x, unit_y, ellipse_freedom(covariance_kind(desk.snapshot())));
  }
  gesture_ = desk.new_gesture();
  sent_serial_ = 0;
}

void StageHand::drag(Desk& desk, const paint::Transform& to_px, Px mouse) {
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const double x = to_px.x_at(mouse.x) + grip_x_, y = to_px.y_at(mouse.y) + grip_y_;
  // While it plays, the rule moves the prototype too: put it back under the hand after every step.
  const bool stale = x != sent_x_ || y != sent_y_ || sent_serial_ == 0 ||
                     (desk.snapshot().playing && desk.snapshot().serial != sent_serial_);
  if (!stale) return;
  sent_x_ = x, sent_y_ = y;
  sent_serial_ = desk.snapshot().serial;
  switch (held_.kind) {
    case Kind::prototype: return move_prototype(desk, held_.index, x, y);
    case Kind::probe_end: return move_probe_end(desk, held_.index, x, y);
    case Kind::ellipse: return reshape_ellipse(desk, held_.index, x, y);
    case Kind::target: return move_blend(desk, held_.index, to_px, mouse);
    case Kind::query: return move_row(desk, "queries", held_.index, x, y);
    case Kind::key: return move_row(desk, "keys", held_.index, x, y);
    case Kind::value: return move_value(desk, held_.index, x, y);
    default: return;
  }
}

void StageHand::release(Desk& desk) {
  ViewState& view = desk.view();
  if (!moved_ &&
      (pressed_.kind == Kind::point || pressed_.kind == Kind::query || pressed_.kind == Kind::token))
    view.pin_point(view.pinned_point(desk.snapshot()) == pressed_.index ? -1 : pressed_.index);
  if (!moved_ && pressed_.kind == Kind::prototype) {
    view.pinned = view.pinned == pressed_ ? ElementId{} : pressed_;
    view.touch();
  }
  held_ = pressed_ = {};
}

void StageHand::move_prototype(Desk& desk, int index, double x, double y) {
  move_row(desk, "means", index, x, y);
}

void StageHand::move_row(Desk& desk, const char* name, int index, double x, double y) {
  std::optional<Tensor> rows = block(desk.snapshot(), name);
  const auto at = static_cast<std::size_t>(2 * index);
  if (!rows || rows->shape.back() != 2 || at + 1 >= rows->data.size() || !std::isfinite(x) ||
      !std::isfinite(y))
    return;
  rows->data[at] = x;
  rows->data[at + 1] = y;
  desk.engine().apply({std::string("state.") + name, std::move(*rows)}, gesture_);
}

// A value's tip lies as far from its key as the value is long; where retrieval is shown it is the value.
void StageHand::move_value(Desk& desk, int index, double x, double y) {
  if (desk.view().view().config.flag("view.retrieval")) return move_row(desk, "values", index, x, y);
  const std::optional<Tensor> keys = block(desk.snapshot(), "keys");
  const auto at = static_cast<std::size_t>(2 * index);
  if (keys && at + 1 < keys->data.size())
    move_row(desk, "values", index, x - keys->data[at], y - keys->data[at + 1]);
}

// The held ellipse as the handle says; a tied covariance is that of all.
void StageHand::reshape_ellipse(Desk& desk, int index, double x, double y) {
  const int j = index / kEllipseHandles;
  const auto now = component(desk.snapshot(), j);
  std::optional<Tensor> covariances = block(desk.snapshot(), "covariances");
  if (!now || !covariances) return;
  const Sym2 sigma = covariance_of(dragged(frame_, index % kEllipseHandles, x - now->x, y - now->y));
  const bool tied = covariance_kind(desk.snapshot()) == "tied";
  for (std::size_t k = 0; 4 * k + 3 < covariances->data.size(); ++k) {
    if (!tied && k != static_cast<std::size_t>(j)) continue;
    double* to = covariances->data.data() + 4 * k;
    to[0] = sigma.xx, to[1] = to[2] = sigma.xy, to[3] = sigma.yy;
  }
  desk.engine().apply({"state.covariances", std::move(*covariances)}, gesture_);
}

void StageHand::move_probe_end(Desk& desk, int index, double x, double y) {
  Tensor probe = desk.view().config.tensor("view.probe");
  const auto at = static_cast<std::size_t>(2 * index);
  if (at + 1 >= probe.data.size()) return;
  probe.data[at] = x;
  probe.data[at + 1] = y;
  desk.set("view.probe", std::move(probe), gesture_);
}

// lambda of the point of the segment nearest to the pointer, from the tip of the gradient step to the EM
// target.
void StageHand::move_blend(Desk& desk, int index, const paint::Transform& to_px, Px mouse) {
  const Snapshot& s = desk.snapshot();
  const Eigen::Index at = 2 * index;
  if (at + 1 >= s.gradient_target.size() || at + 1 >= s.em_target.size()) return;
  const Px a = to_px(s.gradient_target[at], s.gradient_target[at + 1]),
           b = to_px(s.em_target[at], s.em_target[at + 1]);
  const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
  if (!(length2 > 1)) return;
  const double lambda = std::clamp(((mouse.x - a.x) * dx + (mouse.y - a.y) * dy) / length2, 0.0, 1.0);
  desk.set("optimizer.blend", std::round(lambda * 1000) / 1000, gesture_);
}

}  // namespace iem::gui
