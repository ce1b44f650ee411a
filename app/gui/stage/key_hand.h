// Moving elements of the stage by keys: P takes hold of one movable element after another, and arrows move it
// as the pointer would; all moves until it is let go are one undo step. After the last element P comes to the
// pinned point, from which arrows pin the next point in their direction.
#pragma once

#include <string>
#include <vector>

#include "app/gui/context/held_element.h"
#include "imgui.h"

namespace iem::gui {

class KeyHand {
 public:
  // Chooses the next element (+1) or the one before (-1), from the next frame on.
  void choose(int direction) { asked_ += direction; }
  bool chooses() const { return chosen_.kind != ElementId::Kind::none; }
  const ElementId& chosen() const { return chosen_; }
  bool walks() const { return walks_; }  // from point to point
  bool holds() const { return held_.holds(); }
  // Later moves become another undo step.
  void put_down() { held_.release(); }
  void let_go(PanelContext& context);

  // Called once a frame where the panel with movable elements is drawn.
  void update(PanelContext& context, const Panel& panel, const paint::Transform& to_px, ImDrawList* list);
  // Called after everything is drawn: without such a panel nothing is held.
  void end_frame(PanelContext& context);

 private:
  void take_next(PanelContext& context, const Panel& panel);
  void take_arrows(PanelContext& context, const Panel& panel, const paint::Transform& to_px);
  void walk(PanelContext& context, const Panel& panel, const paint::Transform& to_px, paint::Px way);
  void say(PanelContext& context, const Panel& panel);

  ElementId chosen_;
  bool walks_ = false, drawn_ = false;
  int asked_ = 0;
  std::string said_;  // the keys for what is held
  HeldElement held_;
  paint::Px hand_;  // where the pointer would be
};

// The elements that P goes through on a panel: prototypes with the handles they show, then all others that
// can be moved.
std::vector<ElementId> movable_elements(const Lab& lab, const Panel& panel);

}  // namespace iem::gui
