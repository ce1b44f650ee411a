// Time in the user's hands: to start, back, play, forward, to end, begin again from the same or another
// start, speed, the scrub bar; and what is always to be seen: J and the identity meter.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/controls/scrub_bar.h"

namespace iem::gui {

class TransportBar {
 public:
  // Fills the present ImGui window.
  void draw(PanelContext& context);
  // The meter was pressed: the list of checks is asked for.
  bool take_checks_asked() { return std::exchange(checks_asked_, false); }
  double speed() const;  // steps a second
  void set_speed(int index);
  int speed_index() const { return speed_; }

 private:
  float buttons(PanelContext& context, ImVec2 min);
  float speed_menu(ImVec2 at);
  float step_text(PanelContext& context, float x, float baseline);
  float meter(PanelContext& context, float right, float mid, bool with_formula);
  float loss(PanelContext& context, float right, float baseline);

  ScrubBar scrub_;
  int speed_ = 3;
  bool checks_asked_ = false;
};

// The ten speeds, from 0.1x to as fast as possible; the digits 1 to 9 and 0 choose them.
struct Speed {
  std::string label, rate;  // "1x", "4 steps a second"
  double steps_per_second;
};
const std::vector<Speed>& speeds();

}  // namespace iem::gui
