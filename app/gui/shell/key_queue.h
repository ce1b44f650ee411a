// Keys in the order in which they were pressed, however slow a frame is. ImGui asks for the modifiers at the
// end of a frame: a press is taken together with those that were down when it came, and what follows it waits
// for the next frame.
#pragma once

#include "imgui.h"
#include "imgui_internal.h"

namespace iem::gui {

class KeyQueue {
 public:
  // Before ImGui takes a frame's events: those that must wait are put aside,
  void put_aside(ImGuiContext& g);
  // and afterwards are the first to come in the next one.
  void put_back(ImGuiContext& g);
  // Keys that are waiting are meant for what has just been opened, which listens one frame later.
  void pause() { paused_ = true; }

 private:
  ImVector<ImGuiInputEvent> aside_;
  bool paused_ = false;
};

}  // namespace iem::gui
