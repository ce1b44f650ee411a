#include "app/gui/context/held_element.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "imgui.h"

namespace iem::gui {
namespace {

const Handle* handle_for(const Lab& lab, ElementId::Kind kind) {
  const auto found = std::ranges::find(lab.handles(), kind, &Handle::kind);
  return found == lab.handles().end() ? nullptr : &*found;
}

}  // namespace

bool HeldElement::take(PanelContext& context, const ElementId& element, const Panel& panel,
                       const paint::Transform& to_px, paint::Px mouse) {
  if (!handle_for(context.lab(), element.kind) || !context.reduced().reacts(element)) return false;
  const auto place = place_of(panel, element);
  if (!place) return false;
  element_ = element;
  taken_ = context.shared_snapshot();
  std::tie(length_x_, length_y_) = equal_lengths(panel);
  grip_x_ = place->first - to_px.x_at(mouse.x);
  grip_y_ = place->second - to_px.y_at(mouse.y);
  gesture_ = context.new_gesture();
  sent_ = {};
  sent_serial_ = 0;
  return true;
}

void HeldElement::move(PanelContext& context, const paint::Transform& to_px, paint::Px mouse) {
  const Handle* handle = handle_for(context.lab(), element_.kind);
  // Another run, which this hand has never touched, may have been shown during the drag.
  if (!handle || taken_->opening != context.snapshot().opening) return release();
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const Snapshot& now = context.snapshot();
  const double pointer_x = to_px.x_at(mouse.x), pointer_y = to_px.y_at(mouse.y);
  const double x = pointer_x + grip_x_, y = pointer_y + grip_y_;
  if (!std::isfinite(x) || !std::isfinite(y)) return;
  // While the run plays, the rule moves the element too, so it is put back under the pointer after every
  // step.
  const bool was_carried = now.playing && now.serial != sent_serial_;
  if (sent_serial_ != 0 && x == sent_x_ && y == sent_y_ && !was_carried) return;
  const View view = context.view().view();
  const Axis &across = to_px.x(), &up = to_px.y();
  std::optional<Edit> edit = handle->moved({.taken = *taken_,
                                            .now = now,
                                            .view = view,
                                            .index = element_.index,
                                            .x = x,
                                            .y = y,
                                            .pointer_x = pointer_x,
                                            .pointer_y = pointer_y,
                                            .px_per_x = to_px.rect().width() / (across.hi - across.lo),
                                            .px_per_y = to_px.rect().height() / (up.hi - up.lo),
                                            .length_x = length_x_,
                                            .length_y = length_y_});
  sent_x_ = x, sent_y_ = y;
  const bool same = edit && sent_ && edit->key == sent_->key && edit->value == sent_->value;
  if (!edit || (same && !was_carried)) return;
  sent_serial_ = now.serial;
  sent_ = edit;
  context.apply(std::move(*edit), gesture_);
}

}  // namespace iem::gui
