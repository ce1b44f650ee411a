#include "app/gui/cards/parted_card.h"

#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {

PartedAnswer draw_parted_card(const Parted& parted, ImVec2 bottom) {
  bool open = true;
  if (!begin_card("##parted.card", {.at = bottom, .pivot = {0.5F, 1}, .width = 380, .stays = true}, open))
    return PartedAnswer::none;
  PartedAnswer answer = PartedAnswer::none;
  card_head(text::kParted, parted.name);
  note(std::string(text::kInTheReplay) + " " + parted.how + ". " + std::string(text::kPartedHint));
  gap(8);
  if (text_button({.id = "##parted.show", .help = text::kShowReplayHelp}, text::kShowReplay, true))
    answer = PartedAnswer::show;
  ImGui::SameLine();
  if (text_button({.id = "##parted.leave", .help = text::kLeaveSavedHelp}, text::kLeaveSaved))
    answer = PartedAnswer::leave;
  end_card();
  return open ? answer : PartedAnswer::leave;
}

}  // namespace iem::gui
