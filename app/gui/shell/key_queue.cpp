#include "app/gui/shell/key_queue.h"

#include <utility>

namespace iem::gui {
namespace {

bool is_modifier(ImGuiKey key) {
  return (key & ImGuiMod_Mask_) != 0 || (key >= ImGuiKey_LeftCtrl && key <= ImGuiKey_RightSuper);
}

// How many of the events a frame may take.
int taken(const ImVector<ImGuiInputEvent>& events, bool paused, bool typing) {
  bool pressed = false;
  for (int i = 0; i < events.Size; ++i) {
    const ImGuiInputEvent& event = events[i];
    if (event.Type == ImGuiInputEventType_Text && paused) return i;
    if (event.Type != ImGuiInputEventType_Key) continue;
    if (paused && event.Key.Down) return i;
    const bool modifier = is_modifier(event.Key.Key);
    // Of a text that is being typed several letters may come at once.
    if (pressed && (modifier || (event.Key.Down && !typing))) return i;
    pressed = pressed || (event.Key.Down && !modifier);
  }
  return events.Size;
}

}  // namespace

void KeyQueue::put_aside(ImGuiContext& g) {
  ImVector<ImGuiInputEvent>& events = g.InputEventsQueue;
  const int now = taken(events, std::exchange(paused_, false), g.IO.WantTextInput);
  aside_.resize(0);
  for (int i = now; i < events.Size; ++i) aside_.push_back(events[i]);
  events.resize(now);
}

void KeyQueue::put_back(ImGuiContext& g) {
  for (const ImGuiInputEvent& event : aside_) g.InputEventsQueue.push_back(event);
  aside_.resize(0);
}

}  // namespace iem::gui
