// A short ring around a mark that has reached its target (Marker::arrived), so that the user notices it.
#pragma once

#include <map>

#include "app/paint/figure_painter.h"
#include "core/figure/figure.h"
#include "imgui.h"

namespace iem::gui {

class Pulse {
 public:
  // Draws the running pulses. One begins for a mark that was shown in the last frame without having arrived
  // and has arrived now.
  void draw(ImDrawList* list, const Panel& panel, const paint::Transform& to_px);
  bool working() const { return working_; }

 private:
  struct Seen {
    bool arrived = true;
    double since = -1;  // seconds
  };
  std::map<std::pair<int, int>, Seen> seen_;  // by element
  bool working_ = false;
};

}  // namespace iem::gui
