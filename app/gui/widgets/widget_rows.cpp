// Rows of one line: choice, toggle, stepper, plain value.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widget_base.h"

namespace iem::gui {
namespace {

constexpr float kRow = 26;

// The open list of a choice row; true when another option was taken.
bool choose(std::span<const Choice> choices, int& selected) {
  bool taken = false;
  for (int i = 0; i < static_cast<int>(choices.size()); ++i) {
    const Choice& choice = choices[static_cast<std::size_t>(i)];
    if (menu_item(choice.label, {}, i == selected, choice.disabled) && i != selected)
      selected = i, taken = true;
    if (i == selected && ImGui::IsWindowAppearing()) {
      ImGui::SetItemDefaultFocus();
      ImGui::SetScrollHereY();
    }
  }
  return taken;
}

void draw_switch(const RowFrame& frame, bool on) {
  const paint::Theme& t = theme();
  const float fade = frame.disabled ? 0.5F : 1;
  const float mid = std::round(frame.line.GetCenter().y);
  const ImVec2 max(frame.box.Max.x, mid + px(7)), min(max.x - px(26), mid - px(7));
  frame.list->AddRectFilled(min, max, colour(on ? t.ink : frame.hovered ? t.muted : t.faint, fade), px(7));
  const float x = on ? max.x - px(7) : min.x + px(7);
  frame.list->AddCircleFilled({x, mid}, 5 * scale(), colour(on ? t.paper : t.raised, 1));
}

// Minus or plus of a stepper; holding it repeats.
bool step_button(const RowFrame& frame, const char* name, std::string_view sign, ImVec2 centre,
                 bool possible) {
  const float half = px(11);
  const ImRect box({centre.x - half, centre.y - half}, {centre.x + half, centre.y + half});
  ImGui::PushItemFlag(ImGuiItemFlags_ButtonRepeat, true);
  const Press press = press_item(box, ImGui::GetID(name), frame.disabled || !possible);
  ImGui::PopItemFlag();
  if (press.hovered)
    frame.list->AddRectFilled(box.Min, box.Max, colour(theme().ink, press.held ? 0.10 : 0.05), px(6));
  draw_focus(frame.list, box.Min, box.Max, ImGui::GetItemID());
  const ImU32 ink = colour(frame.disabled || !possible ? theme().muted : theme().ink);
  const float width = measure_text(sign, type::kBody).width;
  draw_text(frame.list, sign, {centre.x - 0.5F * width, frame.baseline()}, ink);
  return press.pressed;
}

void step_value(const RowFrame& frame, const Row& row, std::int64_t& value, const Range& range,
                Response& response) {
  const ImVec2 centre(frame.box.Max.x - px(26), std::round(frame.line.GetCenter().y));
  const std::string text = format_whole(value);
  const Face face = row.changed ? Face::bold : Face::regular;
  const float width = measure_text(text, type::kBody, face).width;
  const float half = std::max(px(11), 0.5F * width + px(3));
  const ImRect box({centre.x - half, centre.y - px(11)}, {centre.x + half, centre.y + px(11)});
  const ImGuiID id = ImGui::GetID("value");
  if (!typing_in(id)) {
    const Press press = press_item(box, id, frame.disabled, ImGuiButtonFlags_PressedOnClick);
    const bool twice =
        press.hovered && (ImGui::IsMouseDoubleClicked(0) || (press.pressed && ImGui::GetIO().KeyCtrl));
    const bool by_key = press.pressed && !ImGui::GetIO().MouseClicked[0];
    if (twice || by_key) begin_typing(id, static_cast<double>(value));
  } else {
    ImGui::ItemAdd(box, id);  // a button would take the keyboard back from the field
  }
  if (typing_in(id)) {
    const ImRect field({centre.x - px(34), box.Min.y}, {centre.x + px(30), box.Max.y});
    double typed = 0;
    if (type_number(field, id, "value", range, typed, response.refused)) {
      value = static_cast<std::int64_t>(std::llround(typed));
      response.changed = response.released = true;
    }
    return;
  }
  draw_focus(frame.list, box.Min, box.Max, id);
  draw_text(frame.list, text, {centre.x - 0.5F * width, frame.baseline()}, text_colour(frame), type::kBody,
            face);
}

}  // namespace

Response choice_row(const Row& row, int& selected, std::span<const Choice> choices) {
  Response response;
  const RowFrame frame = begin_row(row, kRow, kRow, RowKind::button);
  if (!frame.visible) return response;
  ImGui::PushID(row.id);
  response.activated = frame.pressed;
  if (frame.pressed) ImGui::OpenPopup("list");
  const bool open = ImGui::IsPopupOpen("list");
  draw_row(frame, row, true);
  const float right = frame.box.Max.x;
  const float mid = std::round(frame.line.GetCenter().y);
  const ImU32 chevron = open || frame.hovered ? text_colour(frame) : muted_colour(frame);
  draw_icon(frame.list, open ? icon::kChevronUp : icon::kChevronDown, {right - px(5), mid + px(1)}, chevron,
            9);
  const bool known = selected >= 0 && selected < static_cast<int>(choices.size());
  draw_value(frame, row, known ? choices[static_cast<std::size_t>(selected)].label : "", right - px(16));
  finish_row(frame, row, response, {});
  ImGui::SetNextWindowPos({right + px(8), frame.box.Max.y + px(2)}, ImGuiCond_Always, {1, 0});
  ImGui::SetNextWindowSizeConstraints({px(150), 0}, {px(420), px(420)});
  if (begin_menu("list")) {
    if (choose(choices, selected)) response.changed = response.released = true;
    end_menu();
  }
  ImGui::PopID();
  return response;
}

Response toggle_row(const Row& row, bool& on) {
  Response response;
  const RowFrame frame = begin_row(row, kRow, kRow, RowKind::button);
  if (!frame.visible) return response;
  if (frame.pressed) {
    on = !on;
    response.activated = response.changed = response.released = true;
    ImGui::MarkItemEdited(frame.id);
  }
  draw_row(frame, row, true);
  draw_switch(frame, on);
  finish_row(frame, row, response, {});
  [[maybe_unused]] ImGuiContext& g = *ImGui::GetCurrentContext();  // the hook names its context so
  IMGUI_TEST_ENGINE_ITEM_INFO(frame.id, row.id,
                              g.LastItemData.StatusFlags | ImGuiItemStatusFlags_Checkable |
                                  (on ? ImGuiItemStatusFlags_Checked : ImGuiItemStatusFlags_None));
  return response;
}

Response stepper_row(const Row& row, std::int64_t& value, std::int64_t min, std::int64_t max) {
  Response response;
  const RowFrame frame = begin_row(row, kRow, kRow, RowKind::shell);
  if (!frame.visible) return response;
  finish_row(frame, row, response, "Double-click to type a value");
  draw_row(frame, row, false);
  ImGui::PushID(row.id);
  const float right = frame.box.Max.x, mid = std::round(frame.line.GetCenter().y);
  const std::int64_t before = value;
  if (step_button(frame, "minus", "−", {right - px(48), mid}, value > min)) value = std::max(min, value - 1);
  step_value(frame, row, value, {.min = static_cast<double>(min), .max = static_cast<double>(max)}, response);
  if (step_button(frame, "plus", "+", {right - px(4), mid}, value < max)) value = std::min(max, value + 1);
  if (value != before) response.activated = response.changed = response.released = true;
  ImGui::PopID();
  return response;
}

void value_row(const Row& row, std::string_view value) {
  const RowFrame frame = begin_row(row, kRow, kRow, RowKind::shell);
  if (!frame.visible) return;
  Response ignored;
  finish_row(frame, row, ignored, {});
  draw_row(frame, row, false);
  draw_value(frame, row, value, frame.box.Max.x);
}

}  // namespace iem::gui
