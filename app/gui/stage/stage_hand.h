// What a hand can do on the stage: hover, pin a point, drag a prototype or the handles of its ellipse (also
// while the run plays), move the ends of the probe line, and pull the knob between the gradient step and the
// EM target.
#pragma once

#include <cstdint>

#include "app/gui/context/desk.h"
#include "app/paint/figure_painter.h"
#include "core/figure/ellipse_handles.h"

namespace iem::gui {

class StageHand {
 public:
  // Once a frame, with the panel as drawn. `inside`: the pointer is on the plot and nothing covers it.
  void update(Desk& desk, const Panel& panel, const paint::Transform& to_px, paint::Px mouse, bool inside);
  bool holding() const { return held_.kind != ElementId::Kind::none; }

 private:
  void press(Desk& desk, const ElementId& element, const Panel& panel, const paint::Transform& to_px,
             paint::Px mouse);
  void drag(Desk& desk, const paint::Transform& to_px, paint::Px mouse);
  void release(Desk& desk);
  void move_prototype(Desk& desk, int index, double x, double y);
  void move_row(Desk& desk, const char* name, int index, double x, double y);
  void move_value(Desk& desk, int index, double x, double y);
  void move_probe_end(Desk& desk, int index, double x, double y);
  void reshape_ellipse(Desk& desk, int index, double x, double y);
  void choose_shaped(Desk& desk, const ElementId& under, const paint::Transform& to_px, paint::Px mouse,
                     bool inside);
  void move_blend(Desk& desk, int index, const paint::Transform& to_px, paint::Px mouse);

  ElementId held_, pressed_;
  paint::Px pressed_at_;
  paint::Px mouse_before_;          // in the last frame
  double grip_x_ = 0, grip_y_ = 0;  // from the pointer to what it holds, in axis units
  bool moved_ = false;
  std::uint64_t gesture_ = 0, sent_serial_ = 0;
  double sent_x_ = 0, sent_y_ = 0;
  EllipseFrame frame_;  // of the held ellipse, as it was taken
};

}  // namespace iem::gui
