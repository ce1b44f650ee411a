#include "app/gui/open_card.h"

#include <cmath>

#include "app/gui/card.h"
#include "app/gui/style.h"
#include "app/gui/text.h"
#include "app/gui/widgets.h"
#include "misc/cpp/imgui_stdlib.h"

namespace iem::gui {

void OpenCard::open() {
  open_ = focus_ = true;
  waits_ = false;
  error_.clear();
}

void OpenCard::answer(const std::string& error) {
  open_ = focus_ = !error.empty();
  waits_ = false;
  error_ = error;
}

void OpenCard::draw() {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  if (!begin_card("##open.card",
                  {.at = {std::round(0.5F * display.x), px(96)}, .pivot = {0.5F, 0}, .width = 460}, open_))
    return;
  card_head(text::kOpenTitle);
  note(text::kOpenHint);
  gap(6);
  ImGui::SetNextItemWidth(row_width());
  if (std::exchange(focus_, false)) ImGui::SetKeyboardFocusHere();
  const bool entered = ImGui::InputText("##path", &path_,
                                        ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_ElideLeft |
                                            ImGuiInputTextFlags_AutoSelectAll);
  if (!error_.empty()) {
    gap(8);
    paragraph(error_, theme().bad);
  }
  gap(10);
  const float width = measure_text(text::kOpen, type::kBody, Face::bold).width + px(32);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + row_width() - width);
  const std::string_view busy = waits_ ? text::kOpening : std::string_view();
  const bool pressed = text_button({.id = "##open", .disabled = busy}, text::kOpen, true);
  if ((entered || pressed) && !path_.empty() && !waits_) {
    chosen_ = path_;
    waits_ = true;
    error_.clear();
  }
  end_card();
}

}  // namespace iem::gui
