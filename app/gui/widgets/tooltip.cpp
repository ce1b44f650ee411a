// Tooltips: a raised card with a sentence and, muted below it, a hint.
#include <algorithm>
#include <string_view>

#include "app/gui/look/formula.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widget_base.h"

namespace iem::gui {
namespace {

constexpr float kWidest = 300, kWidestSymbol = 64;

void words_in(std::string_view words, ImU32 ink, float size) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float wrap = px(kWidest) - ImGui::GetCursorPosX();
  ImGui::Dummy(measure_paragraph(words, wrap, size));
  draw_paragraph(ImGui::GetWindowDrawList(), words, at, ink, wrap, size);
}

bool begin_card() {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(10), px(8)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(6));
  ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, hairline_px());
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(8), px(4)});
  const bool open = ImGui::BeginTooltip();
  ImGui::PopStyleVar(4);
  return open;
}

// Beside a menu, where it covers none of its entries. Where there is room on neither side it is where ImGui
// puts it.
void keep_off_menu() {
  const ImGuiWindow& menu = *ImGui::GetCurrentWindow();
  if ((menu.Flags & ImGuiWindowFlags_Popup) == 0) return;
  const ImVec2 room = ImGui::GetIO().DisplaySize, min = menu.Pos;
  const float apart = px(6), widest = px(kWidest) + px(20), right = min.x + menu.Size.x;
  const bool fits_right = right + apart + widest <= room.x;
  if (!fits_right && min.x - apart - widest < 0) return;
  const ImVec2 item_min = ImGui::GetItemRectMin(), item_max = ImGui::GetItemRectMax();
  const bool is_low = item_max.y > 0.5F * room.y;
  ImGui::SetNextWindowPos({fits_right ? right + apart : min.x - apart, is_low ? item_max.y : item_min.y},
                          ImGuiCond_Always, {fits_right ? 0.0F : 1.0F, is_low ? 1.0F : 0.0F});
}

}  // namespace

void tooltip(std::string_view words, std::string_view quiet, std::string_view shortcut) {
  if (words.empty() && quiet.empty() && shortcut.empty()) return;
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip | ImGuiHoveredFlags_AllowWhenDisabled)) return;
  if (ImGui::IsItemActive()) return;
  keep_off_menu();
  if (!begin_card()) return;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(10), px(4)});
  if (!words.empty()) words_in(words, colour(theme().ink), type::kSmall);
  if (!shortcut.empty()) {
    if (!words.empty()) ImGui::SameLine();
    words_in(shortcut, colour(theme().muted), type::kSmall);
  }
  if (!quiet.empty()) words_in(quiet, colour(theme().muted), type::kTick);
  ImGui::PopStyleVar();
  ImGui::EndTooltip();
}

void symbols_tooltip(std::string_view words, const std::vector<SymbolLine>& lines) {
  if ((words.empty() && lines.empty()) || !begin_card()) return;
  if (!words.empty()) words_in(words, colour(theme().ink), type::kSmall);
  float widest = 0;
  for (const SymbolLine& line : lines)
    widest = std::max(widest, measure_formula(line.tex, type::kBody).width);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float indent = std::min(widest, px(kWidestSymbol)) + px(12);
  for (const SymbolLine& line : lines) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float wrap = px(kWidest) - indent;
    const ImVec2 size = measure_paragraph(line.sentence, wrap, type::kTick);
    ImGui::Dummy({indent + wrap, px(18) + size.y});
    const float y = at.y + px(13);
    draw_formula(list, line.tex, {at.x, y}, type::kBody, colour(theme().ink));
    draw_text(list, line.name, {at.x + indent, y}, colour(theme().ink), type::kSmall, Face::bold);
    draw_text_right(list, line.value, {at.x + indent + wrap, y}, colour(theme().ink), type::kSmall);
    draw_paragraph(list, line.sentence, {at.x + indent, at.y + px(18)}, colour(theme().muted), wrap,
                   type::kTick);
  }
  ImGui::EndTooltip();
}

void tooltip_now(std::string_view words) {
  if (!begin_card()) return;
  words_in(words, colour(theme().bad), type::kSmall);
  ImGui::EndTooltip();
}

}  // namespace iem::gui
