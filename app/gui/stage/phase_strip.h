// One update in detail: the phases of the E-step and of the M-step, with the numbers of the shown point.
#pragma once

#include "app/gui/stage/phase_walk.h"

namespace iem::gui {

class PhaseStrip {
 public:
  // Fills the present ImGui window. Where not all components fit it says how many are left out, and the wheel
  // goes through them, those with the largest r first.
  // While presenting, prototypes stand under each other in as many rows as it takes to leave none out, at
  // most six.
  void draw(PanelContext& context);
  static float height(PanelContext& context);  // style pixels, in the window's width
  int first() const { return first_; }         // in the order by r, the index of the component shown first
  PhaseWalk& walk() { return walk_; }
  const PhaseWalk& walk() const { return walk_; }

 private:
  void scroll(PanelContext& context, int components, int fit);

  PhaseWalk walk_;
  int first_ = 0;
  float wheel_ = 0;  // turned since the last whole step
  int point_ = -1;   // the point whose numbers are shown
};

}  // namespace iem::gui
