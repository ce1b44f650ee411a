#include "app/gui/controls/standing_words.h"

#include <algorithm>
#include <utility>

#include "app/gui/look/fonts.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"

namespace iem::gui {

void StandingWords::follow(const Snapshot& snapshot) {
  doubt_ = snapshot.doubt;
  warns_ = false;
  words_ = words_of(snapshot);
}

std::string StandingWords::words_of(const Snapshot& s) {
  constexpr double kPatience_s = 0.3, kSaid_s = 8;
  using Standing = Past::Standing;
  const double now = ImGui::GetTime();
  if (std::exchange(past_, s.past) != s.past) since_ = now, said_ = false;
  if (s.doubt.empty())
    return past_ && said_ && now - since_ < kSaid_s ? std::string(text::kVerified) : std::string();
  const Standing standing = s.first_step > 0 ? past_->standing() : Standing::left;
  if (standing == Standing::coming || standing == Standing::here) {
    if (now - since_ < kPatience_s && !said_) return {};
    said_ = true, since_ = now;
    return std::string(text::kVerifying) + " " + format_whole(past_->reached()) + " " +
           std::string(text::kOf) + " " + format_whole(past_->state().step);
  }
  warns_ = true;
  if (standing == Standing::parted) return std::string(text::kNotTheReplay);
  if (standing == Standing::failed) return std::string(text::kNotVerified) + ": " + past_->reason();
  return std::string(text::kNotVerified);
}

void StandingWords::draw(ImVec2 baseline, float width) {
  if (words_.empty()) return;
  const ImU32 ink = colour(warns_ ? theme().warn : theme().muted);
  const float wide = draw_text_cut(ImGui::GetWindowDrawList(), words_, baseline, ink, width, type::kSmall);
  if (doubt_.empty()) return;
  ImGui::SetCursorScreenPos({baseline.x, baseline.y - px(11)});
  ImGui::InvisibleButton("##standing", {std::max(wide, 1.0F), px(15)});
  tooltip(doubt_);
}

void StandingWords::draw_over(ImVec2 foot, float width) const {
  if (words_.empty()) return;
  ImDrawList* list = ImGui::GetForegroundDrawList();
  const float wide = std::min(width, measure_text(words_, type::kSmall).width);
  list->AddRectFilled({foot.x - px(8), foot.y - px(22)}, {foot.x + wide + px(8), foot.y},
                      colour(theme().panel, 0.92), px(4));
  draw_text_cut(list, words_, {foot.x, foot.y - px(7)}, colour(warns_ ? theme().warn : theme().muted), width,
                type::kSmall);
}

}  // namespace iem::gui
