// The element that is being dragged on a plot. Moving it makes edits by the lab's handle for its kind.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "app/gui/context/panel_context.h"
#include "app/paint/transform.h"
#include "core/figure/element_place.h"

namespace iem::gui {

class HeldElement {
 public:
  // Takes hold of an element; false: it is not on the panel, or the lab has no handle for it.
  bool take(PanelContext& context, const ElementId& element, const Panel& panel,
            const paint::Transform& to_px, paint::Px mouse);
  // Moves it under the pointer.
  void move(PanelContext& context, const paint::Transform& to_px, paint::Px mouse);
  void release() { element_ = {}, taken_ = {}; }

  bool holds() const { return element_.kind != ElementId::Kind::none; }
  const ElementId& element() const { return element_; }

 private:
  ElementId element_;
  std::shared_ptr<const Snapshot> taken_;        // when the drag began
  double length_x_ = 1, length_y_ = 1;           // lengths that looked equal on the panel then
  double grip_x_ = 0, grip_y_ = 0;               // from the pointer to the element
  double sent_x_ = 0, sent_y_ = 0;               // where it was last put, if it was moved at all
  std::optional<Edit> sent_;                     // and by which edit
  std::uint64_t gesture_ = 0, sent_serial_ = 0;  // the serial of the snapshot then; 0: not moved yet
};

}  // namespace iem::gui
