#include "app/gui/cards/open_card.h"

#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"

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
  if (!begin_path_card("##open.card", open_)) return;
  card_head(text::kOpenTitle);
  note(text::kOpenHint);
  gap(6);
  const bool entered = path_line(path_, focus_);
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
