// Shared parts of all rows: their place and label, and the look of hover, focus, change and "does not apply".
// Only the widgets include this.
#pragma once

#include <cstdint>
#include <string_view>

#include "app/gui/widgets/widgets.h"
#include "imgui_internal.h"

namespace iem::gui {

// A row that has been laid out and submitted to ImGui.
struct RowFrame {
  bool visible = false;  // false: clipped or collapsed; draw nothing
  ImGuiID id = 0;
  ImRect box;   // the hit box
  ImRect line;  // the line of text in it
  ImDrawList* list = nullptr;
  bool hovered = false, disabled = false, focused = false;
  bool pressed = false, held = false;  // RowKind::button
  float baseline() const;              // of text of 14 px centred in `line`
};

// Takes a rectangle of row_width() x `height` (style pixels) at the cursor, without ImGui's spacing.
ImRect take_row(float height);

enum class RowKind : std::uint8_t {
  button,  // pressed as a whole
  own,     // the caller handles the pointer (a slider)
  shell,   // only holds other items and takes no focus (a stepper, a field)
};

// `text_height` (style pixels) of `height` is the line of label and value. The row itself is the item
// `row.id`, or, when it only holds other items (a stepper), takes no focus.
RowFrame begin_row(const Row& row, float height, float text_height, RowKind kind);

// Hover wash, accent dot, label, symbol, focus ring. Returns where the label ends.
float draw_row(const RowFrame& frame, const Row& row, bool wash);

// Value (bold when changed) and unit on the right edge at `right`. Returns where they begin.
float draw_value(const RowFrame& frame, const Row& row, std::string_view value, float right);

// Right click, Delete and Backspace on the focused row, and the tooltip.
void finish_row(const RowFrame& frame, const Row& row, Response& response, std::string_view hint);

// text_colour: the ink of words in a row, muted when the row does not apply. muted_colour: the ink of its
// icons, paler then.
ImU32 text_colour(const RowFrame& frame);
ImU32 muted_colour(const RowFrame& frame);

// Whether an item of a row that is not the row itself has been pressed; `disabled` items only show.
struct Press {
  bool pressed = false, hovered = false, held = false;
};
Press press_item(const ImRect& box, ImGuiID id, bool disabled, ImGuiButtonFlags flags = 0);

// A tooltip without delay, at a place set with SetNextWindowPos.
void tooltip_now(std::string_view words);

// Typing over a value. One field is being typed in at a time.
bool typing_in(ImGuiID id);
void begin_typing(ImGuiID id, double value);
// Draws the field in `box`; true when it ended with a legal number, now in `value`. `name` is the row's id.
// `refused`: what it ended with instead.
bool type_number(const ImRect& box, ImGuiID id, const char* name, const Range& range, double& value,
                 std::string& refused);

}  // namespace iem::gui
