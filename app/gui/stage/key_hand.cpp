#include "app/gui/stage/key_hand.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "core/figure/ellipse_handles.h"

namespace iem::gui {
namespace {

using Kind = ElementId::Kind;
using paint::Px;

constexpr double kStride = 8, kFineStride = 1;  // style pixels of one press of an arrow

bool can_be_pinned(Kind kind) { return kind == Kind::point || kind == Kind::query || kind == Kind::token; }

struct PlacedElement {
  ElementId element;
  Px at;
};

// Everything on the panel that can be pinned.
std::vector<PlacedElement> places_to_pin(const Panel& panel, const paint::Transform& to_px) {
  std::vector<PlacedElement> out;
  for (const Mark& mark : panel.marks) {
    if (const auto* marker = std::get_if<Marker>(&mark); marker && can_be_pinned(marker->element.kind))
      out.push_back({marker->element, to_px(marker->x, marker->y)});
    const auto* scatter = std::get_if<Scatter>(&mark);
    if (scatter == nullptr || !can_be_pinned(scatter->element)) continue;
    for (std::size_t i = 0; i < scatter->x.size(); ++i)
      out.push_back({{scatter->element, static_cast<int>(i)}, to_px(scatter->x[i], scatter->y[i])});
  }
  return out;
}

// Prototypes first, each with the handles of its ellipse behind it.
std::tuple<int, int, int> rank(const ElementId& element) {
  if (element.kind == Kind::prototype) return {0, element.index, 0};
  if (element.kind == Kind::ellipse)
    return {0, element.index / kEllipseHandles, 1 + element.index % kEllipseHandles};
  return {1 + static_cast<int>(element.kind), element.index, 0};
}

int prototype_of(const ElementId& element) {
  if (element.kind == Kind::prototype) return element.index;
  return element.kind == Kind::ellipse ? element.index / kEllipseHandles : -1;
}

// The direction of the arrows pressed in this frame, in strides; y is down.
Px arrows_pressed() {
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key) ? 1.0 : 0.0; };
  return {pressed(ImGuiKey_RightArrow) - pressed(ImGuiKey_LeftArrow),
          pressed(ImGuiKey_DownArrow) - pressed(ImGuiKey_UpArrow)};
}

}  // namespace

std::vector<ElementId> movable_elements(const Lab& lab, const Panel& panel) {
  std::vector<ElementId> out;
  for (const Mark& mark : panel.marks) {
    ElementId element;
    if (const auto* marker = std::get_if<Marker>(&mark)) element = marker->element;
    if (const auto* ring = std::get_if<RingMark>(&mark)) element = ring->element;
    if (element.kind == Kind::none || std::ranges::find(out, element) != out.end()) continue;
    if (std::ranges::find(lab.handles(), element.kind, &Handle::kind) != lab.handles().end())
      out.push_back(element);
  }
  std::ranges::sort(out, {}, rank);
  return out;
}

void KeyHand::let_go(PanelContext& context) {
  held_.release();
  if (std::exchange(chosen_, {}).kind == Kind::none) return;
  walks_ = false;
  context.notices().take_back(std::exchange(said_, {}));
  context.view().hovered = {};
  context.view().shaped = -1;
  context.view().touch();
}

void KeyHand::take_next(PanelContext& context, const Panel& panel) {
  std::vector<ElementId> stops = movable_elements(context.lab(), panel);
  const auto movable = static_cast<int>(stops.size());
  const paint::Transform any(panel, {0, 0, 1, 1});
  if (const std::vector<PlacedElement> pins = places_to_pin(panel, any); !pins.empty()) {
    const int pinned = context.view().pinned_point(context.snapshot());
    const auto known = std::ranges::find_if(
        pins, [pinned](const PlacedElement& each) { return each.element.index == pinned; });
    stops.push_back((known == pins.end() ? pins.front() : *known).element);
  }
  if (stops.empty()) return context.notices().say(word(text::kNothingToHold));
  const auto count = static_cast<int>(stops.size());
  const int step = std::exchange(asked_, 0);
  int at = walks_ ? count - 1
                  : static_cast<int>(std::ranges::find(stops.begin(), stops.begin() + movable, chosen_) -
                                     stops.begin());
  if (!chooses()) {  // what is pinned comes first
    const auto pinned = std::ranges::find(stops.begin(), stops.begin() + movable, context.view().pinned);
    const bool known = pinned != stops.begin() + movable;
    at = known ? static_cast<int>(pinned - stops.begin()) : step > 0 ? 0 : count - 1;
  } else {
    at = ((at + step) % count + count) % count;
  }
  held_.release();
  chosen_ = stops[static_cast<std::size_t>(at)];
  walks_ = at >= movable;
  if (walks_) context.view().pin_point(chosen_.index);
  say(context, panel);
}

// Shows a notice with the held element and the keys for it.
void KeyHand::say(PanelContext& context, const Panel& panel) {
  context.notices().take_back(said_);
  std::string name;
  for (const Mark& mark : panel.marks) {
    const auto* marker = std::get_if<Marker>(&mark);
    if (marker != nullptr && marker->element == chosen_) name = marker->series;
  }
  said_ = walks_ ? word(text::kWalkKeys) : name + (name.empty() ? "" : ": ") + word(text::kMoveKeys);
  context.notices().say(said_);
}

// To the nearest point in the direction of the arrow.
void KeyHand::walk(PanelContext& context, const Panel& panel, const paint::Transform& to_px, Px way) {
  const std::vector<PlacedElement> all = places_to_pin(panel, to_px);
  const auto now = std::ranges::find(all, chosen_, &PlacedElement::element);
  if (now == all.end()) return;
  const PlacedElement* best = nullptr;
  double least = 0;
  for (const PlacedElement& each : all) {
    const double dx = each.at.x - now->at.x, dy = each.at.y - now->at.y;
    const double along = dx * way.x + dy * way.y, across = std::abs(dx * way.y - dy * way.x);
    if (along <= 0 || across > along) continue;
    const double far = along + 2 * across;
    if (best == nullptr || far < least) best = &each, least = far;
  }
  if (best == nullptr) return;
  chosen_ = best->element;
  context.view().pin_point(chosen_.index);
}

void KeyHand::take_arrows(PanelContext& context, const Panel& panel, const paint::Transform& to_px) {
  const Px way = arrows_pressed();
  const bool pressed = way.x != 0 || way.y != 0;
  if (walks_) {
    if (pressed) walk(context, panel, to_px, way);
    return;
  }
  const auto place = place_of(panel, chosen_);
  if (pressed && !held_.holds() && place) {
    hand_ = to_px(place->first, place->second);
    if (!held_.take(context, chosen_, panel, to_px, hand_)) return;
  }
  const double stride = ImGui::GetIO().KeyShift ? kFineStride : kStride;
  hand_ = {hand_.x + stride * way.x, hand_.y + stride * way.y};
  // While the run plays, the held element is kept in its place.
  if (held_.holds()) held_.move(context, to_px, hand_);
}

void KeyHand::update(PanelContext& context, const Panel& panel, const paint::Transform& to_px,
                     ImDrawList* list) {
  drawn_ = true;
  const ImGuiIO& io = ImGui::GetIO();
  const bool by_mouse = io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || ImGui::IsMouseClicked(0);
  const bool listens = !keyboard_is_taken();
  if (by_mouse || (listens && (ImGui::IsKeyPressed(ImGuiKey_Escape, false) ||
                               ImGui::IsKeyPressed(ImGuiKey_Enter, false))))
    let_go(context);
  if (asked_ != 0) take_next(context, panel);
  if (!chooses()) return;
  if (listens) take_arrows(context, panel, to_px);
  ViewState& view = context.view();
  const int shaped = prototype_of(chosen_);
  if (!(view.hovered == chosen_) || view.shaped != shaped) {
    view.hovered = chosen_, view.shaped = shaped;
    view.touch();
  }
  const auto place = place_of(panel, chosen_);
  if (!place) return;
  const Px at = to_px(place->first, place->second);
  list->AddCircle({static_cast<float>(at.x) * scale(), static_cast<float>(at.y) * scale()}, 17 * scale(),
                  colour(theme().accent), 0, 1.5F * scale());
}

void KeyHand::end_frame(PanelContext& context) {
  asked_ = 0;
  if (!std::exchange(drawn_, false)) let_go(context);
}

}  // namespace iem::gui
