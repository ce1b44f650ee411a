#include "app/gui/cards/cards.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/context/actions.h"
#include "app/gui/context/look_for.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "iem_version.h"

namespace iem::gui {
namespace {

void key_row(std::string_view keys, std::string_view label) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  gap(23);
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_text(list, label, {at.x, at.y + px(15)}, colour(theme().ink), type::kSmall);
  draw_text_right(list, keys, {at.x + row_width(), at.y + px(15)}, colour(theme().muted), type::kSmall);
}

// Ten actions, one row.
bool is_speed(const Action& action) { return action.id.starts_with("transport.speed_"); }

void list_head(std::string_view words) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  gap(26);
  draw_text(ImGui::GetWindowDrawList(), words, {at.x, at.y + px(16)}, colour(theme().ink), type::kSmall,
            Face::bold);
}

}  // namespace

void LessonCard::draw(PanelContext& context, ImVec2 anchor) {
  if (!begin_card("##lesson.card", {.at = anchor, .width = 360, .stays = true}, open_)) return;
  const Scene& scene = context.snapshot().setup->scene;
  card_head(scene.title.empty() ? scene.name : scene.title);
  paragraph(scene.description.empty() ? std::string(text::kNoDescription) : scene.description, theme().ink);
  if (const std::string& words = context.look_for->of_shown(context.snapshot()); !words.empty()) {
    list_head(text::kLookFor);
    paragraph(words, theme().ink);
  }
  if (context.snapshot().data().hash != context.snapshot().opening->setup->data->hash)
    note(text::kOtherPoints);
  end_card();
}

void HelpCard::draw(PanelContext& context) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const CardStyle style{.at = {std::round(0.5F * display.x), std::round(0.5F * display.y)},
                        .pivot = {0.5F, 0.5F},
                        .width = 620};
  if (!begin_card("##help.card", style, open_)) return;
  card_head(text::kHelpTitle, std::string(text::kProduct) + " " + std::string(kVersion));
  const float full = row_width(), column = std::floor(0.5F * full) - px(16);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  std::vector<const Action*> with_keys;
  for (const Action& action : context.actions->all())
    if (!action.keys.empty() && !is_speed(action)) with_keys.push_back(&action);
  const std::size_t half = (with_keys.size() + text::kMouse.size() + 2) / 2;
  float lowest = at.y;
  {
    const ScopedRowWidth width(column);
    for (std::size_t i = 0; i < std::min(half, with_keys.size()); ++i)
      key_row(with_keys[i]->keys, with_keys[i]->label);
    key_row(text::kSpeedKeys, text::kSpeedRange);
    lowest = ImGui::GetCursorScreenPos().y;
    ImGui::SetCursorScreenPos({at.x + full - column, at.y});
    ImGui::BeginGroup();
    for (std::size_t i = half; i < with_keys.size(); ++i) key_row(with_keys[i]->keys, with_keys[i]->label);
    list_head(text::kMouseTitle);
    for (const auto& [gesture, what] : text::kMouse) key_row(gesture, what);
    ImGui::EndGroup();
    lowest = std::max(lowest, ImGui::GetItemRectMax().y);
  }
  ImGui::SetCursorScreenPos({at.x, lowest + px(10)});
  const float top = ImGui::GetCursorPosY();
  {
    const ScopedRowWidth width(full - px(170));
    note(text::kTagline);
  }
  const float bottom = ImGui::GetCursorPosY();
  const float button = measure_text(text::action::kAbout, type::kBody, Face::bold).width + px(32);
  ImGui::SetCursorPos({ImGui::GetCursorPosX() + full - button, top});
  if (text_button({.id = "##about"}, text::action::kAbout, false)) {
    context.actions->run("help.about");
    open_ = false;
  }
  ImGui::SetCursorPosY(std::max(bottom, ImGui::GetCursorPosY()));
  end_card();
}

}  // namespace iem::gui
