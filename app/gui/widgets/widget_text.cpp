// Fields of text beside a label, and the field with a folder button.
#include <algorithm>
#include <cmath>

#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widget_base.h"
#include "misc/cpp/imgui_stdlib.h"

namespace iem::gui {
namespace {

constexpr float kFieldRow = 30;  // a field needs air above and below

// The field right of the label; `spare` screen pixels stay free at the right edge.
void field(const RowFrame& frame, const Row& row, std::string& text, std::string_view hint, float spare,
           float label_end, Response& response) {
  const ScopedFont face(Face::regular, type::kBody);
  const float left = std::max(label_end + px(12), frame.box.Min.x + std::round(0.36F * frame.box.GetWidth()));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({left, frame.box.Min.y + px(2)});
  ImGui::SetNextItemWidth(frame.box.Max.x - spare - left);
  const float pad = std::round(0.5F * (px(26) - ImGui::GetFontSize()));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(8), pad});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::BeginDisabled(frame.disabled);
  ImGui::PushStyleColor(ImGuiCol_Text, text_colour(frame));
  const std::string hint_text(hint);
  response.changed =
      ImGui::InputTextWithHint(row.id, hint_text.c_str(), &text, ImGuiInputTextFlags_ElideLeft);
  ImGui::PopStyleColor();
  ImGui::EndDisabled();
  ImGui::PopStyleVar(2);
  response.activated |= ImGui::IsItemActivated();
  response.released = ImGui::IsItemDeactivatedAfterEdit();
  const ImRect box(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  const bool active = ImGui::IsItemActive();
  if (active || ImGui::IsItemHovered())
    frame.list->AddRect(box.Min, box.Max, colour(active ? theme().accent : theme().faint), px(6),
                        hairline_px());
  // Back to the row's end, as an item: ImGui must know how far the window reaches.
  ImGui::SetCursorScreenPos(after);
  ImGui::Dummy({0, 0});
  ImGui::SetCursorScreenPos(after);
}

RowFrame text_frame(const Row& row) {
  const std::string name = std::string(row.id) + ".row";  // the id itself belongs to the field
  Row shell = row;
  shell.id = name.c_str();
  return begin_row(shell, kFieldRow, kFieldRow, RowKind::shell);
}

}  // namespace

Response text_row(const Row& row, std::string& text, std::string_view hint) {
  Response response;
  const RowFrame frame = text_frame(row);
  if (!frame.visible) return response;
  finish_row(frame, row, response, {});
  const float end = draw_row(frame, row, false);
  field(frame, row, text, hint, 0, end, response);
  return response;
}

Response path_row(const Row& row, std::string& path, bool& browse, std::string_view hint) {
  Response response;
  browse = false;
  const RowFrame frame = text_frame(row);
  if (!frame.visible) return response;
  finish_row(frame, row, response, {});
  const float end = draw_row(frame, row, false);
  field(frame, row, path, hint, px(32), end, response);
  ImGui::PushID(row.id);
  const ImRect box({frame.box.Max.x - px(28), frame.box.Min.y + px(1)},
                   {frame.box.Max.x, frame.box.Min.y + px(29)});
  const Press press = press_item(box, ImGui::GetID("browse"), frame.disabled);
  if (press.hovered)
    frame.list->AddRectFilled(box.Min, box.Max, colour(theme().ink, press.held ? 0.10 : 0.05), px(6));
  draw_focus(frame.list, box.Min, box.Max, ImGui::GetItemID());
  draw_icon(frame.list, icon::kFolder, box.GetCenter(),
            press.hovered ? text_colour(frame) : muted_colour(frame), 13);
  tooltip("Choose a file");
  ImGui::PopID();
  browse = press.pressed;
  return response;
}

}  // namespace iem::gui
