#include "app/gui/cards/replay_card.h"

#include <filesystem>

#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/utf8.h"

namespace iem::gui {
namespace {

constexpr double kPatience_s = 0.3;  // a shorter replay needs no words

}  // namespace

void ReplayCard::draw(ReplayProgress* progress, const std::string& name, ImVec2 bottom) {
  if (progress == nullptr || progress->last() == 0) {
    since_ = -1;
    return;
  }
  if (since_ < 0) since_ = ImGui::GetTime();
  if (ImGui::GetTime() - since_ < kPatience_s) return;
  bool open = true;
  if (!begin_card("##replay.card", {.at = bottom, .pivot = {0.5F, 1}, .width = 340, .stays = true}, open))
    return;
  card_head(text::kReplaying, printable(std::filesystem::path(name).filename().string(), 32));
  note("Step " + format_whole(progress->step()) + " of " + format_whole(progress->last()));
  gap(8);
  if (text_button({.id = "##stop_replay", .help = text::kStopReplayHelp}, text::kStopReplay, true))
    open = false;
  if (!open) progress->stop();
  end_card();
}

}  // namespace iem::gui
