#include "app/gui/cards/replay_card.h"

#include <filesystem>

#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/utf8.h"

namespace iem::gui {
namespace {

constexpr double kPatience_s = 0.3;  // what takes less needs no words

}  // namespace

void ReplayCard::draw(ReplayProgress* progress, const std::string& name, ImVec2 bottom) {
  if (progress == nullptr) {
    since_ = -1;
    return;
  }
  const bool replays = progress->last() > 0;
  if (since_ < 0) since_ = ImGui::GetTime();
  if (ImGui::GetTime() - since_ < kPatience_s) return;
  bool open = true;
  const CardStyle style{.at = bottom, .pivot = {0.5F, 1}, .width = 340, .stays = true};
  if (!begin_card(replays ? "##replay.card" : "##opening.card", style, open)) return;
  const std::string file = printable(std::filesystem::path(name).filename().string(), 32);
  card_head(replays ? text::kReplaying : text::kOpening, file);
  if (!replays) return end_card();  // a file is read, which cannot be ended half-way
  note("Step " + format_whole(progress->step()) + " of " + format_whole(progress->last()));
  gap(8);
  if (text_button({.id = "##stop_replay", .help = text::kStopReplayHelp}, text::kStopReplay, true))
    open = false;
  if (!open) progress->stop();
  end_card();
}

}  // namespace iem::gui
