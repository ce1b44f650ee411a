#include "app/gui/controls/offer_bar.h"

#include <algorithm>
#include <cmath>

#include "app/gui/controls/recent_menu.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {

OfferAnswer draw_offer(const KeptSession& session, std::string_view keys) {
  OfferAnswer answer = OfferAnswer::none;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 min = ImGui::GetWindowPos();
  const float width = ImGui::GetWindowWidth(), right = min.x + width;
  const float baseline = min.y + std::round(0.5F * (px(kOfferHeight) + cap_height(type::kSmall)));
  float x = min.x + px(24);
  if (session.crashed) {
    draw_icon(list, icon::kWarning, {x + px(6), min.y + px(0.5F * kOfferHeight)}, colour(theme().warn), 12);
    x += px(20) +
         draw_text(list, text::kEndedBadly, {x + px(20), baseline}, colour(theme().warn), type::kSmall);
    x += px(14);
  }
  const std::string words = ", " + session_words(session);
  const float room = right - px(70) - x - measure_text(text::kContinueWith, type::kBody).width -
                     measure_text(words, type::kBody).width;
  const std::string label = std::string(text::kContinueWith) + " " +
                            cut_to(session.title, std::max(px(60), room), type::kBody) + words;
  ImGui::SetCursorScreenPos({x, min.y + px(3)});
  if (text_button({.id = "##continue", .help = text::kContinueHelp, .shortcut = keys}, label))
    answer = OfferAnswer::use;
  list->AddRect({ImGui::GetItemRectMin().x, ImGui::GetItemRectMin().y + px(2)},
                {ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y - px(2)}, colour(theme().hairline),
                px(6), hairline_px());
  ImGui::SetCursorScreenPos({right - px(13) - px(28), min.y + px(4)});
  if (icon_button({.id = "##dismiss", .help = text::kDismissOffer}, icon::kClose, 12, 28))
    answer = OfferAnswer::dismiss;
  draw_rule_h(list, min.x, right, min.y + px(kOfferHeight) - hairline_px());
  return answer;
}

}  // namespace iem::gui
