// A short ring around a mark that has arrived where it was going (Marker::arrived): the eye sees that it
// clicked.
#pragma once

#include <map>

#include "app/paint/figure_painter.h"
#include "core/figure/figure.h"
#include "imgui.h"

namespace iem::gui {

class Pulse {
 public:
  // Draws what is under way. A mark that was there and had not arrived in the last frame begins.
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
