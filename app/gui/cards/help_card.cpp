// All keys and what the mouse does, in groups.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/cards/cards.h"
#include "app/gui/context/actions.h"
#include "app/gui/look/key_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "iem_version.h"

namespace iem::gui {
namespace {

constexpr float kColumn = 288, kBetween = 32, kPadding = 40, kKeyRow = 22, kKeyHead = 30;
constexpr int kMostColumns = 3;

struct HelpGroup {
  std::string_view title;
  std::vector<std::pair<std::string, std::string>> rows;  // keys or gesture, and what it does
  float height() const { return kKeyHead + kKeyRow * static_cast<float>(rows.size()); }
};

// Ten actions, one row.
bool is_speed(const Action& action) { return action.id.starts_with("transport.speed_"); }

bool is_of(const Action& action, const text::KeyGroup& group) {
  return group.rooms.find(std::string_view(action.id).substr(0, action.id.find('.'))) !=
         std::string_view::npos;
}

HelpGroup gestures(std::string_view title, std::span<const text::Gesture> all) {
  HelpGroup out{title, {}};
  for (const auto& [how, what] : all) out.rows.emplace_back(how, what);
  return out;
}

std::vector<HelpGroup> help_groups(const Actions& actions) {
  std::vector<HelpGroup> out;
  for (const text::KeyGroup& group : text::kKeyGroups) {
    HelpGroup next{group.title, {}};
    for (const Action& action : actions.all())
      if (!action.keys.empty() && !is_speed(action) && is_of(action, group))
        next.rows.emplace_back(action.keys, action.label);
    if (&group == text::kKeyGroups.data()) {
      next.rows.emplace_back(text::kEscapeKey, text::action::kPhaseLeave);
      next.rows.emplace_back(text::kSpeedKeys, text::kSpeedRange);
    }
    out.push_back(std::move(next));
  }
  out.push_back(gestures(text::kWidgetKeysTitle, text::kWidgetKeys));
  out.push_back(gestures(text::kMouseTitle, text::kMouse));
  return out;
}

void draw_group(const HelpGroup& group) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImVec2 at = ImGui::GetCursorScreenPos();
  gap(kKeyHead);
  draw_text(list, group.title, {at.x, at.y + px(18)}, colour(theme().ink), type::kSmall, Face::bold);
  for (const auto& [keys, what] : group.rows) {
    at = ImGui::GetCursorScreenPos();
    gap(kKeyRow);
    const float y = at.y + px(15), room = row_width() - measure_text(keys, type::kSmall).width - px(14);
    draw_text_cut(list, what, {at.x, y}, colour(theme().ink), room, type::kSmall);
    draw_text_right(list, keys, {at.x + row_width(), y}, colour(theme().muted), type::kSmall);
  }
}

// In columns of about the same height, no group broken. Returns where the lowest ends.
float draw_columns(const std::vector<HelpGroup>& groups, int columns) {
  float all = 0;
  for (const HelpGroup& group : groups) all += group.height();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ScopedRowWidth width(px(kColumn));
  float used = 0, lowest = at.y;
  int column = 0;
  ImGui::BeginGroup();
  for (const HelpGroup& group : groups) {
    if (column + 1 < columns && used > 0 &&
        used + 0.5F * group.height() > all / static_cast<float>(columns)) {
      ++column, used = 0;
      ImGui::EndGroup();
      ImGui::SetCursorScreenPos({at.x + static_cast<float>(column) * px(kColumn + kBetween), at.y});
      ImGui::BeginGroup();
    }
    used += group.height();
    draw_group(group);
    lowest = std::max(lowest, ImGui::GetCursorScreenPos().y);
  }
  ImGui::EndGroup();
  return lowest;
}

}  // namespace

void HelpCard::draw(PanelContext& context) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float room = display.x / scale() - kPadding - 32;
  const int columns = std::clamp(static_cast<int>((room + kBetween) / (kColumn + kBetween)), 1, kMostColumns);
  const auto count = static_cast<float>(columns);
  const CardStyle style{.at = {std::round(0.5F * display.x), std::round(0.5F * display.y)},
                        .pivot = {0.5F, 0.5F},
                        .width = kPadding + count * kColumn + (count - 1) * kBetween};
  if (!begin_card("##help.card", style, open_)) return;
  card_head(text::kHelpTitle, std::string(text::kProduct) + " " + std::string(kVersion));
  const float full = row_width(), left = ImGui::GetCursorScreenPos().x;
  const float lowest = draw_columns(help_groups(*context.actions), columns);
  ImGui::SetCursorScreenPos({left, lowest + px(14)});
  const float top = ImGui::GetCursorPosY();
  {
    const ScopedRowWidth width(std::max(px(180), full - px(170)));
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
