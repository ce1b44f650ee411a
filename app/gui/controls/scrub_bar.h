// The run's time line: past solid, known future pale, keyframes as ticks below, edits as triangles above.
// Drag to go to any step.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/gui/context/panel_context.h"

namespace iem::gui {

// Goes to the step under the pointer while a line of steps is held, once for each step.
class SeekByPointer {
 public:
  // The line is the last ImGui item; its steps (shown_steps) run from x0 to x1, screen pixels.
  void follow(PanelContext& context, float x0, float x1);

 private:
  std::int64_t asked_ = -1;  // the step last asked for in this drag
};

class ScrubBar {
 public:
  // The line runs from x0 to x1 at height y.
  void draw(PanelContext& context, float x0, float x1, float y);

 private:
  SeekByPointer seek_;
};

// A key that was changed once, or again in every step as a drag does while the run plays: one mark each.
struct EditSpan {
  std::string key;
  std::int64_t first = 0, last = 0;  // steps
};
std::vector<EditSpan> edit_spans(const std::vector<Edit>& edits);

// The number of steps that the whole line stands for: the stop condition, or a round number beyond the known
// steps.
std::int64_t shown_steps(const Snapshot& snapshot);

}  // namespace iem::gui
