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
  const bool can_show = parted.replayed.has_value();
  card_head(can_show ? text::kParted : text::kReplayFailed, parted.name);
  note(std::string(can_show ? text::kInTheReplay : text::kNotReplayed) + " " + parted.how + ". " +
       std::string(can_show ? text::kPartedHint : text::kFailedHint));
  gap(8);
  if (can_show) {
    if (text_button({.id = "##parted.show", .help = text::kShowReplayHelp}, text::kShowReplay, true))
      answer = PartedAnswer::show;
    ImGui::SameLine();
  }
  if (text_button({.id = "##parted.leave", .help = text::kLeaveSavedHelp}, text::kLeaveSaved))
    answer = PartedAnswer::leave;
  end_card();
  return open ? answer : PartedAnswer::leave;
}

}  // namespace iem::gui
