#include "app/gui/cards/about_card.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "app/gui/look/fonts.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/embedded.h"
#include "iem_version.h"

namespace iem::gui {
namespace {

constexpr float kWidth = 880, kHeight = 340, kList = 250, kRow = 28;

bool part_row(const ThirdPartyPart& part, bool chosen) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size(ImGui::GetContentRegionAvail().x, px(kRow));
  const bool pressed =
      ImGui::InvisibleButton(std::string(part.name).c_str(), size, ImGuiButtonFlags_EnableNav);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 max(at.x + size.x, at.y + size.y);
  const double shade = chosen ? 0.05 : ImGui::IsItemHovered() ? 0.035 : 0;
  if (shade > 0) list->AddRectFilled(at, max, colour(theme().ink, shade), px(6));
  draw_focus(list, at, max, ImGui::GetItemID());
  const float baseline = at.y + std::round(0.5F * size.y + 0.5F * cap_height(type::kSmall));
  const float licence = measure_text(part.licence, type::kTick).width;
  draw_text_cut(list, part.name, {at.x + px(8), baseline}, colour(theme().ink), size.x - px(28) - licence,
                type::kSmall);
  draw_text_right(list, part.licence, {max.x - px(8), baseline}, colour(theme().muted), type::kTick);
  return pressed;
}

void licence_text(const ThirdPartyPart& part) {
  const ScopedFont face(Face::mono, type::kTick);
  ImGui::PushStyleColor(ImGuiCol_Text, colour(theme().ink));
  ImGui::PushTextWrapPos(0);
  const std::string head = std::string(part.name) + " " + std::string(part.version) + "\n\n";
  ImGui::TextUnformatted(head.c_str());
  const std::string_view words = embedded_text(std::string(part.licence_file));
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

}  // namespace

void AboutCard::list() {
  for (std::size_t i = 0; i < std::size(kThirdParty); ++i) {
    if (!part_row(kThirdParty[i], i == chosen_)) continue;
    chosen_ = i;
    scroll_up_ = true;
  }
}

void AboutCard::draw() {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const CardStyle style{.at = {std::round(0.5F * display.x), std::round(0.5F * display.y)},
                        .pivot = {0.5F, 0.5F},
                        .width = std::min(kWidth, display.x / scale() - 32)};
  if (!begin_card("##about.card", style, open_)) return;
  card_head(text::kProduct, std::string(kVersion) + ", MIT licence");
  note(text::kMadeOf);
  gap(8);
  const float height = std::min(px(kHeight), display.y - px(260));
  ImGui::BeginChild("##parts", {px(kList), height});
  list();
  ImGui::EndChild();
  ImGui::SameLine(0, px(16));
  ImGui::BeginChild("##licence", {0, height});
  if (std::exchange(scroll_up_, false)) ImGui::SetScrollY(0);
  licence_text(kThirdParty[chosen_]);
  ImGui::EndChild();
  end_card();
}

}  // namespace iem::gui
