// Keys in the order in which they were pressed, however slow a frame is. ImGui reads the modifiers at the end
// of a frame. So a frame takes one key press together with the modifiers that were down at that moment, and
// later events wait for the next frame.
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
  // Keeps waiting keys back for one frame, for a card that has just been opened and listens only then.
  void pause() { paused_ = true; }

 private:
  ImVector<ImGuiInputEvent> aside_;
  bool paused_ = false;
};

}  // namespace iem::gui
