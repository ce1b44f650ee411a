// The hand on the stage by keys: P takes hold of what can be moved, one after another, and arrows move it as
// the pointer would, until it is let go one undo step. Behind the last of them P comes to the pinned point:
// there arrows go on to the next one in their direction.
#pragma once

#include <string>
#include <vector>

#include "app/gui/stage/held_element.h"
#include "imgui.h"

namespace iem::gui {

class KeyHand {
 public:
  // The next (+1) or the one before (-1), from the next frame on.
  void choose(int direction) { asked_ += direction; }
  bool chooses() const { return chosen_.kind != ElementId::Kind::none; }
  const ElementId& chosen() const { return chosen_; }
  bool walks() const { return walks_; }  // from point to point
  bool holds() const { return held_.holds(); }
  // What is done from now on is another undo step.
  void put_down() { held_.release(); }
  void let_go(PanelContext& context);

  // Where the panel that hands work on is drawn, once a frame.
  void update(PanelContext& context, const Panel& panel, const paint::Transform& to_px, ImDrawList* list);
  // After everything is drawn: where no such panel is, nothing is held.
  void end_frame(PanelContext& context);

 private:
  void take_next(PanelContext& context, const Panel& panel);
  void take_arrows(PanelContext& context, const Panel& panel, const paint::Transform& to_px);
  void walk(PanelContext& context, const Panel& panel, const paint::Transform& to_px, paint::Px way);
  void say(PanelContext& context, const Panel& panel) const;

  ElementId chosen_;
  bool walks_ = false, drawn_ = false;
  int asked_ = 0;
  HeldElement held_;
  paint::Px hand_;  // where the pointer would be
};

// What P goes through on a panel: prototypes with the handles that they show, then whatever else can be
// moved.
std::vector<ElementId> movable_elements(const Lab& lab, const Panel& panel);

}  // namespace iem::gui
