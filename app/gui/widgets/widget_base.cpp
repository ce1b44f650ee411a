#include "app/gui/widgets/widget_base.h"

#include <algorithm>
#include <cmath>

#include "app/gui/look/formula.h"
#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

constexpr float kOutset = 8;  // hover wash and focus ring reach this far into the margin

float g_row_width = 0;  // 0: what is available

bool nav_focused(ImGuiID id) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  return g.NavId == id && g.NavCursorVisible;
}

}  // namespace

float RowFrame::baseline() const { return std::round(line.GetCenter().y + 0.5F * cap_height(type::kBody)); }

float row_width() { return g_row_width > 0 ? g_row_width : ImGui::GetContentRegionAvail().x; }

ScopedRowWidth::ScopedRowWidth(float width) : outer_(g_row_width) { g_row_width = width; }
ScopedRowWidth::~ScopedRowWidth() { g_row_width = outer_; }

ImRect take_row(float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size(row_width(), px(height));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::ItemSize(size);
  ImGui::PopStyleVar();
  return {at, {at.x + size.x, at.y + size.y}};
}

RowFrame begin_row(const Row& row, float height, float text_height, RowKind kind) {
  RowFrame frame;
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (window->SkipItems) return frame;
  frame.box = take_row(height);
  frame.line = {frame.box.Min, {frame.box.Max.x, frame.box.Min.y + px(text_height)}};
  frame.list = window->DrawList;
  frame.disabled = !row.disabled.empty();
  frame.id = window->GetID(row.id);
  ImGuiItemFlags flags = ImGuiItemFlags_None;
  if (frame.disabled) flags |= ImGuiItemFlags_Disabled;
  if (kind == RowKind::shell)
    flags |= ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop | ImGuiItemFlags_AllowOverlap;
  if (!ImGui::ItemAdd(frame.box, frame.id, nullptr, flags)) return frame;
  frame.visible = true;
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  // One of these, once: ImGui takes a second question for a second item of the same id.
  if (kind == RowKind::button)
    frame.pressed = ImGui::ButtonBehavior(frame.box, frame.id, &frame.hovered, &frame.held);
  else if (kind == RowKind::own)
    frame.hovered = ImGui::ItemHoverable(frame.box, frame.id, g.LastItemData.ItemFlags);
  else
    frame.hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenOverlappedByItem);
  frame.focused = kind != RowKind::shell && nav_focused(frame.id);
  return frame;
}

// A row that does not apply must stay legible: its words are muted, and only its controls fade.
ImU32 text_colour(const RowFrame& frame) { return colour(frame.disabled ? theme().muted : theme().ink); }
ImU32 muted_colour(const RowFrame& frame) { return colour(theme().muted, frame.disabled ? 0.6 : 1); }

float draw_row(const RowFrame& frame, const Row& row, bool wash) {
  const ImVec2 out_min(frame.box.Min.x - px(kOutset), frame.box.Min.y);
  const ImVec2 out_max(frame.box.Max.x + px(kOutset), frame.box.Max.y);
  if (wash && frame.hovered && !frame.disabled)
    frame.list->AddRectFilled(out_min, out_max, colour(theme().ink, 0.045), px(6));
  draw_focus(frame.list, out_min, out_max, frame.id);
  const float mid = std::round(frame.line.GetCenter().y) + 0.5F;
  if (row.changed)
    frame.list->AddCircleFilled({frame.box.Min.x - px(9) + 0.5F, mid}, 2.5F * scale(),
                                colour(theme().accent));
  float x = frame.box.Min.x;
  x += draw_text(frame.list, row.label, {x, frame.baseline()}, text_colour(frame));
  if (!row.symbol.empty()) {
    x += px(6);
    x += draw_formula(frame.list, row.symbol, {x, frame.baseline()}, type::kBody, colour(theme().muted));
  }
  return x;
}

float draw_value(const RowFrame& frame, const Row& row, std::string_view value, float right) {
  float x = right;
  if (!row.unit.empty()) {
    x -= measure_text(row.unit, type::kBody).width;
    draw_text(frame.list, row.unit, {x, frame.baseline()}, colour(theme().muted));
    x -= px(4);
  }
  const Face face = row.changed ? Face::bold : Face::regular;
  x -= measure_text(value, type::kBody, face).width;
  draw_text(frame.list, value, {x, frame.baseline()}, text_colour(frame), type::kBody, face);
  return x;
}

void finish_row(const RowFrame& frame, const Row& row, Response& response, std::string_view hint) {
  response.hovered = frame.hovered;
  if (!frame.disabled && !typing_in(frame.id)) {
    if (frame.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) response.reset = true;
    if (frame.focused &&
        (ImGui::IsKeyPressed(ImGuiKey_Delete, false) || ImGui::IsKeyPressed(ImGuiKey_Backspace, false)))
      response.reset = true;
  }
  if (frame.disabled)
    tooltip(row.disabled);
  else if (!row.help.empty() || row.changed)
    tooltip(row.help, row.changed ? std::string_view("Right-click to reset") : hint);
}

Press press_item(const ImRect& box, ImGuiID id, bool disabled, ImGuiButtonFlags flags) {
  Press press;
  if (!ImGui::ItemAdd(box, id, nullptr, disabled ? ImGuiItemFlags_Disabled : ImGuiItemFlags_None))
    return press;
  press.pressed = ImGui::ButtonBehavior(box, id, &press.hovered, &press.held, flags);
  return press;
}

bool keyboard_is_taken() {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  return g.IO.WantTextInput || (g.IO.ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard) != 0;
}

void draw_focus(ImDrawList* list, ImVec2 min, ImVec2 max, ImGuiID id) {
  if (!nav_focused(id)) return;
  const float stroke = std::max(1.5F, std::round(1.5F * scale()));
  const float inset = 0.5F * stroke;  // the whole ring lies inside
  list->AddRect({min.x + inset, min.y + inset}, {max.x - inset, max.y - inset}, colour(theme().accent), px(6),
                stroke);
}

}  // namespace iem::gui
