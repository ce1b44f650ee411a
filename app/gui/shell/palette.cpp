#include "app/gui/shell/palette.h"

#include <algorithm>
#include <cmath>

#include "app/gui/context/actions.h"
#include "app/gui/controls/control_row.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/plots/figure_menu.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/base/words.h"
#include "imgui_internal.h"
#include "misc/cpp/imgui_stdlib.h"

namespace iem::gui {
namespace {

constexpr float kWidth = 560, kPaletteRow = 30, kMostRows = 12;

// A value as it stands on the right of its setting.
std::string value_words(const Parameter& p, const Value& value) {
  if (const auto* on = std::get_if<bool>(&value)) return word(*on ? text::kOn : text::kOff);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return format_whole(*whole);
  if (const auto* number = std::get_if<double>(&value)) return shown_number(*number);
  if (const auto* text = std::get_if<std::string>(&value))
    return p.kind == ParameterKind::choice ? choice_label(p, *text) : *text;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return joined(*list);
  const Tensor& tensor = std::get<Tensor>(value);
  return tensor.data.empty() ? word(text::kNotGiven) : shape_text(tensor.shape);
}

bool is_among(const std::vector<std::string>& list, const std::string& member) {
  return std::ranges::find(list, member) != list.end();
}

// Why an entry cannot be taken now; empty: it can.
std::string entry_refusal(const PanelContext& context, const PaletteEntry& entry, const PaletteMatch& match) {
  if (!match.illegal.empty()) return match.illegal;
  if (entry.kind == PaletteEntry::Kind::action) return context.actions->disabled(entry.id);
  if (entry.kind != PaletteEntry::Kind::setting) return {};
  const Parameter* p = context.lab().parameters()->find(entry.id);
  if (p == nullptr) return {};
  if (p->unavailable)
    if (std::string reason = p->unavailable(context.shown_config()); !reason.empty()) return reason;
  const auto* choice = entry.value ? std::get_if<std::string>(&*entry.value) : nullptr;
  return choice ? choice_unavailable(*p, *choice, context.snapshot().model()) : std::string();
}

// Muted, on the right: the keys of an action, what a setting is now.
std::string entry_remark(const PanelContext& context, const PaletteEntry& entry, const PaletteMatch& match) {
  if (entry.kind == PaletteEntry::Kind::action) return std::string(context.actions->keys(entry.id));
  if (entry.kind != PaletteEntry::Kind::setting) return {};
  const Parameter* p = context.lab().parameters()->find(entry.id);
  if (p == nullptr) return {};
  const Value& now = context.value(entry.id);
  if (context.reduced().covers_key(entry.id)) return {};
  if (!entry.member.empty())
    return word(is_among(std::get<std::vector<std::string>>(now), entry.member) ? text::kOn : text::kOff);
  const std::string value = cut_to(value_words(*p, now), px(160), type::kSmall);
  const std::string words = value.empty() ? "" : word(text::kNow) + " " + value;
  const bool to_type = !entry.value && match.typed.empty();
  return to_type ? words + (words.empty() ? "" : ", ") + word(text::kTypeValue) : words;
}

}  // namespace

void Palette::open() {
  open_ = appearing_ = true;
  typed_.clear();
  entries_.clear();
}

// Among those that match alike, what can be taken comes first; a better match that cannot be taken keeps its
// place, so that Enter does nothing else instead.
void Palette::find(const PanelContext& context) {
  matches_ = palette_matches(entries_, *context.lab().parameters(), typed_);
  const auto can_be_taken = [&](const PaletteMatch& match) {
    return entry_refusal(context, entries_[match.entry], match).empty();
  };
  for (auto first = matches_.begin(); first != matches_.end() && !typed_.empty();) {
    const auto end =
        std::find_if(first, matches_.end(), [&](const PaletteMatch& m) { return m.score != first->score; });
    if (end - first > 1) std::stable_partition(first, end, can_be_taken);
    first = end;
  }
  chosen_ = 0;
  moved_ = true;
}

void Palette::follow(const PanelContext& context) {
  if (!entries_.empty() && of_opened_ == context.opened()) return;
  of_opened_ = context.opened();
  entries_ = palette_entries(context);
  find(context);
}

// A setting that waits for its value has its name in the field: the value is typed after it.
void Palette::take_setting(PanelContext& context, const PaletteEntry& entry, const PaletteMatch& match) {
  if (!entry.member.empty()) {
    const Parameter& p = *context.lab().parameters()->find(entry.id);
    const auto& now = std::get<std::vector<std::string>>(context.value(entry.id));
    std::vector<std::string> next;
    for (const std::string& id : p.choices)
      if ((id == entry.member) != is_among(now, id)) next.push_back(id);
    context.set(entry.id, next);
  } else if (entry.value || match.value) {
    context.set(entry.id, entry.value ? *entry.value : *match.value);
  } else {
    typed_ = entry.label + " ";
    retyped_ = true;
    return find(context);
  }
  open_ = false;
}

void Palette::take(PanelContext& context, const PaletteMatch& match) {
  const PaletteEntry& entry = entries_[match.entry];
  if (!entry_refusal(context, entry, match).empty()) return;
  if (entry.kind == PaletteEntry::Kind::setting) return take_setting(context, entry, match);
  if (entry.kind == PaletteEntry::Kind::action)
    run_ = entry.id;  // after the palette is closed: it may open something else
  else if (entry.kind == PaletteEntry::Kind::scene)
    scene_ = entry.id;
  else if (entry.cell >= 0)
    put_in_cell(context, static_cast<std::size_t>(entry.cell), entry.id);
  else
    context.set("view.centre", entry.id);
  open_ = false;
}

bool Palette::draw_row(const PanelContext& context, const PaletteMatch& match, bool chosen) {
  const PaletteEntry& entry = entries_[match.entry];
  const std::string id = "##entry." + std::to_string(match.entry);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size(ImGui::GetContentRegionAvail().x, px(kPaletteRow));
  const bool pressed = ImGui::InvisibleButton(id.c_str(), size);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 max(at.x + size.x, at.y + size.y);
  if (chosen) list->AddRectFilled(at, max, colour(theme().ink, 0.04), px(6));
  if (ImGui::IsItemHovered() && !chosen) list->AddRectFilled(at, max, colour(theme().ink, 0.035), px(6));
  const float baseline = at.y + std::round(0.5F * size.y + 0.5F * cap_height(type::kBody));
  const std::string reason = entry_refusal(context, entry, match);
  const ImU32 ink = colour(reason.empty() ? theme().ink : theme().muted), muted = colour(theme().muted);
  float x = at.x + px(12);
  x += draw_text(list, entry.label, {x, baseline}, ink) + px(6);
  if (!entry.symbol.empty()) x += draw_formula(list, entry.symbol, {x, baseline}, 14, muted) + px(6);
  if (!match.typed.empty())
    x += draw_text(list, "= " + match.typed, {x, baseline}, ink, type::kBody, Face::bold) + px(6);
  if (!entry.place.empty()) x += draw_text(list, entry.place, {x, baseline}, muted, type::kSmall);
  const bool wrong = !match.illegal.empty();
  const std::string right = reason.empty() ? entry_remark(context, entry, match) : reason;
  draw_text_right(list, cut_to(right, max.x - x - px(28), type::kSmall), {max.x - px(12), baseline},
                  wrong ? colour(theme().bad) : muted, type::kSmall);
  if (!reason.empty()) tooltip(reason);
  return pressed;
}

void Palette::move_choice() {
  const int last = static_cast<int>(matches_.size()) - 1, before = chosen_;
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) chosen_ = std::min(chosen_ + 1, last);
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) chosen_ = std::max(chosen_ - 1, 0);
  chosen_ = std::clamp(chosen_, 0, std::max(0, last));
  moved_ = moved_ || chosen_ != before;
}

void Palette::draw_field(PanelContext& context) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_icon(ImGui::GetWindowDrawList(), icon::kSearch, {at.x + px(18), at.y + px(18)}, colour(theme().muted),
            12);
  ImGui::SetCursorScreenPos({at.x + px(30), at.y});
  const ScopedFont face(Face::regular, 15);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  ImGui::PushStyleColor(ImGuiCol_NavCursor, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(6), px(9)});
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - px(8));
  if (std::exchange(appearing_, false)) ImGui::SetKeyboardFocusHere();
  if (std::exchange(retyped_, false))
    if (ImGuiInputTextState* state = ImGui::GetInputTextState(ImGui::GetID("##typed")))
      state->ReloadUserBufAndMoveToEnd();
  const std::string hint(text::kPaletteHint);
  // Enter takes a row and leaves the field: a setting waits in it for its value.
  bool& stays = ImGui::GetIO().ConfigInputTextEnterKeepActive;
  const bool before = std::exchange(stays, true);
  if (ImGui::InputTextWithHint("##typed", hint.c_str(), &typed_)) find(context);
  stays = before;
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
}

void Palette::draw_rows(PanelContext& context, bool enter) {
  const float row = px(kPaletteRow), count = static_cast<float>(std::max<std::size_t>(matches_.size(), 1));
  ImGui::BeginChild("##entries", {0, row * std::min(kMostRows, count)});
  if (std::exchange(moved_, false)) {
    const float top = row * static_cast<float>(chosen_), seen = ImGui::GetWindowHeight();
    const float scroll = ImGui::GetScrollY();
    ImGui::SetScrollY(std::clamp(scroll, std::max(0.0F, top + row - seen), top));
  }
  const auto chosen = static_cast<std::size_t>(chosen_);
  std::optional<PaletteMatch> taken;
  if (enter && chosen < matches_.size()) taken = matches_[chosen];
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(matches_.size()), row);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const PaletteMatch& match = matches_[static_cast<std::size_t>(i)];
      if (draw_row(context, match, i == chosen_)) taken = match;
    }
  if (matches_.empty()) note(text::kNoMatch);
  ImGui::EndChild();
  if (taken) take(context, *taken);
}

void Palette::draw(PanelContext& context) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(kWidth, display.x / scale() - 32);
  if (!begin_card(
          "##palette.card",
          {.at = {std::round(0.5F * display.x), px(72)}, .pivot = {0.5F, 0}, .width = width, .padded = false},
          open_))
    return;
  follow(context);
  move_choice();
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) open_ = false;
  const bool enter =
      ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_field(context);
  draw_rule_h(ImGui::GetWindowDrawList(), at.x - px(6), at.x + px(width),
              ImGui::GetCursorScreenPos().y + px(1));
  gap(6);
  draw_rows(context, enter);
  end_card();
  if (const std::string action = std::exchange(run_, {}); !action.empty()) context.actions->run(action);
}

}  // namespace iem::gui
