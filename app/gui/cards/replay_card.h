// While something is opened: its name, and of a saved run that is replayed how far it is and a button that
// ends it where it has come.
#pragma once

#include <string>

#include "app/gui/sessions/replay_progress.h"
#include "imgui.h"

namespace iem::gui {

class ReplayCard {
 public:
  // Its lower edge in the middle of `bottom`. `progress` is null when nothing is opened. Escape stops a
  // replay too.
  void draw(ReplayProgress* progress, const std::string& name, ImVec2 bottom);

 private:
  double since_ = -1;  // seconds; when the work was first seen
};

}  // namespace iem::gui
