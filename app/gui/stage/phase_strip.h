// One update under the microscope: the phases of the E-step and of the M-step, with the numbers of the shown
// point.
#pragma once

#include "app/gui/context/panel_context.h"

namespace iem::gui {

class PhaseStrip {
 public:
  // Fills the present ImGui window. Where not all components fit it says how many are left out, and the wheel
  // goes through them, those with the largest r first.
  void draw(PanelContext& context);
  int first() const { return first_; }  // of the order by r, the one that is shown first

 private:
  void scroll(PanelContext& context, int components, int fit);

  int first_ = 0;
  float wheel_ = 0;  // turned since the last whole step
  int point_ = -1;   // whose numbers they are
};

// The phase that is current: the user's choice, else the last one of the E-step.
int current_phase(const ViewState& view, const std::vector<Phase>& phases);
// One phase on (+1) or back (-1); past the ends the run makes a step.
void move_phase(PanelContext& context, int direction);

}  // namespace iem::gui
