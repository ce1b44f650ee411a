// One update under the microscope: the phases of the E-step and of the M-step, with the numbers of the shown
// point.
#pragma once

#include "app/gui/stage/phase_walk.h"

namespace iem::gui {

class PhaseStrip {
 public:
  // Fills the present ImGui window. Where not all components fit it says how many are left out, and the wheel
  // goes through them, those with the largest r first.
  void draw(PanelContext& context);
  int first() const { return first_; }  // of the order by r, the one that is shown first
  PhaseWalk& walk() { return walk_; }
  const PhaseWalk& walk() const { return walk_; }

 private:
  void scroll(PanelContext& context, int components, int fit);

  PhaseWalk walk_;
  int first_ = 0;
  float wheel_ = 0;  // turned since the last whole step
  int point_ = -1;   // whose numbers they are
};

}  // namespace iem::gui
