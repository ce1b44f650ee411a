// The mouse on the stage: hovering, pinning a point, dragging a prototype or the handles of its ellipse (also
// while the run plays), the ends of the probe line, and the knob between the gradient step and the EM target.
#pragma once

#include "app/gui/context/held_element.h"
#include "app/gui/context/panel_context.h"
#include "app/paint/figure_painter.h"
#include "core/figure/ellipse_handles.h"

namespace iem::gui {

class StageDrag {
 public:
  // Called once a frame with the panel as drawn. `inside`: the pointer is on the plot and nothing covers it.
  void update(PanelContext& context, const Panel& panel, const paint::Transform& to_px, paint::Px mouse,
              bool inside);
  bool holding() const { return held_.holds(); }

 private:
  void press(PanelContext& context, const ElementId& element, const Panel& panel,
             const paint::Transform& to_px, paint::Px mouse);
  void release(PanelContext& context);
  void choose_shaped(PanelContext& context, const ElementId& under, const paint::Transform& to_px,
                     paint::Px mouse, bool inside);

  HeldElement held_;
  ElementId pressed_;
  paint::Px pressed_at_;
  paint::Px mouse_before_;  // in the last frame
  bool moved_ = false;
};

}  // namespace iem::gui
