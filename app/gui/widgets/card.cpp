#include "app/gui/widgets/card.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/look/fonts.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widgets.h"
#include "imgui_internal.h"
#include "misc/cpp/imgui_stdlib.h"

namespace iem::gui {
namespace {

constexpr float kPadding = 20;
int g_frame_of_last_card = -1;

// A press outside the card and outside of the menus it has opened.
bool pressed_elsewhere(const ImGuiWindow* card) {
  if (!ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return false;
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (g.OpenPopupStack.Size > 0) return false;
  const ImGuiWindow* under = g.HoveredWindow;
  return under == nullptr || under->RootWindow != card->RootWindow;
}

// Whether a menu was open when the card was last drawn: Escape has closed that by the next frame, and is not
// for the card then.
bool* had_menu(ImGuiWindow* card) { return card->StateStorage.GetBoolRef(card->GetID("##had_menu"), false); }

bool escaped(ImGuiWindow* card, bool is_text) {
  const bool typing = ImGui::GetIO().WantTextInput && !is_text;
  return !typing && !*had_menu(card) && ImGui::IsKeyPressed(ImGuiKey_Escape, false);
}

// Where the card is, of all that it holds, at its right edge.
void draw_thumb(const ImGuiWindow* card) {
  if (card->ScrollMax.y <= 0) return;
  const ImRect& inner = card->InnerRect;
  const float seen = inner.GetHeight(), room = seen - px(16);
  const float length = std::max(px(24), room * seen / (seen + card->ScrollMax.y));
  const float top = inner.Min.y + px(8) + (room - length) * card->Scroll.y / card->ScrollMax.y;
  card->DrawList->PushClipRect(inner.Min, inner.Max);
  card->DrawList->AddRectFilled({inner.Max.x - px(7), top}, {inner.Max.x - px(3), top + length},
                                colour(theme().faint), px(2));
  card->DrawList->PopClipRect();
}

}  // namespace

bool begin_card(const char* id, const CardStyle& style, bool& open) {
  if (!open) return false;
  g_frame_of_last_card = ImGui::GetFrameCount();
  ImGui::SetNextWindowPos(style.at, ImGuiCond_Always, style.pivot);
  const float most = style.max_height > 0 ? px(style.max_height) : ImGui::GetIO().DisplaySize.y - px(24);
  ImGui::SetNextWindowSizeConstraints({px(style.width), 0}, {px(style.width), most});
  const float pad = style.padded ? px(kPadding) : px(6);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {pad, style.padded ? px(14) : px(6)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, hairline_px());
  ImGui::PushStyleColor(ImGuiCol_WindowBg, colour4(theme().raised));
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoDocking | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
  ImGuiWindow* card = ImGui::GetCurrentWindow();
  if (ImGui::IsWindowAppearing())
    ImGui::BringWindowToDisplayFront(card);
  else if ((!style.stays && pressed_elsewhere(card)) || escaped(card, style.is_text))
    open = false;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(8), 0});
  return true;
}

void end_card() {
  draw_thumb(ImGui::GetCurrentWindow());
  *had_menu(ImGui::GetCurrentWindow()) = ImGui::GetCurrentContext()->OpenPopupStack.Size > 0;
  ImGui::PopStyleVar();
  ImGui::End();
}

bool card_is_open() { return g_frame_of_last_card == ImGui::GetFrameCount(); }

void card_head(std::string_view title, std::string_view state) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  gap(28);
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_text(list, title, {at.x, at.y + px(15)}, colour(theme().ink), type::kBody, Face::bold);
  draw_text_right(list, state, {at.x + row_width(), at.y + px(15)}, colour(theme().muted), type::kSmall);
}

bool begin_path_card(const char* id, bool& open) {
  const float middle = std::round(0.5F * ImGui::GetIO().DisplaySize.x);
  return begin_card(id, {.at = {middle, px(96)}, .pivot = {0.5F, 0}, .width = 460, .is_text = true}, open);
}

bool path_line(std::string& path, bool& focus) {
  ImGui::SetNextItemWidth(row_width());
  if (std::exchange(focus, false)) ImGui::SetKeyboardFocusHere();
  return ImGui::InputText("##path", &path,
                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_ElideLeft |
                              ImGuiInputTextFlags_AutoSelectAll);
}

}  // namespace iem::gui
