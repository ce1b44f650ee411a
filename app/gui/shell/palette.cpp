#include "app/gui/shell/palette.h"

#include <algorithm>
#include <cmath>

#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "imcmd_fuzzy_search.h"
#include "misc/cpp/imgui_stdlib.h"

namespace iem::gui {
namespace {

constexpr float kWidth = 520, kPaletteRow = 30, kMostRows = 12;

}  // namespace

void Palette::open() {
  open_ = appearing_ = true;
  typed_.clear();
  chosen_ = 0;
}

std::vector<Palette::Entry> Palette::matches(const PanelContext& context,
                                             const std::vector<SceneEntry>& scenes) const {
  const Actions& actions = *context.actions;
  std::vector<Entry> found;
  const auto consider = [&](Entry entry) {
    if (!typed_.empty() && !ImCmd::FuzzySearch(typed_.c_str(), entry.label.c_str(), entry.score)) return;
    found.push_back(std::move(entry));
  };
  for (const Action& action : actions.all()) {
    if (action.id == "palette.open") continue;
    consider({.label = action.label,
              .keys = action.keys,
              .disabled = actions.disabled(action.id),
              .action = &action});
  }
  if (context.view().config.table().find("view.centre"))
    for (const FigureType& type : context.lab().figures())
      if (is_offered(type, context.snapshot().config()))
        consider({.label = std::string(text::kFigure) + ": " + type.title, .figure = type.id});
  for (const SceneEntry& scene : scenes)
    consider({.label = std::string(text::kScene) + ": " + scene.title, .scene = scene.name});
  std::ranges::stable_sort(found, [](const Entry& a, const Entry& b) { return a.score > b.score; });
  return found;
}

void Palette::take(PanelContext& context, const Entry& entry) {
  if (!entry.disabled.empty()) return;
  if (entry.action)
    run_ = entry.action;  // after the palette is closed: it may open something else
  else if (!entry.figure.empty())
    context.set("view.centre", entry.figure);
  else
    scene_ = entry.scene;
  open_ = false;
}

bool Palette::draw_entry(const Entry& entry, bool chosen) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size(ImGui::GetContentRegionAvail().x, px(kPaletteRow));
  const bool pressed = ImGui::InvisibleButton(entry.label.c_str(), size);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 max(at.x + size.x, at.y + size.y);
  if (chosen) list->AddRectFilled(at, max, colour(theme().ink, 0.07), px(6));
  if (ImGui::IsItemHovered() && !chosen) list->AddRectFilled(at, max, colour(theme().ink, 0.035), px(6));
  const float baseline = at.y + std::round(0.5F * size.y + 0.5F * cap_height(type::kBody));
  const double fade = entry.disabled.empty() ? 1 : 0.5;
  draw_text(list, entry.label, {at.x + px(12), baseline}, colour(theme().ink, fade));
  draw_text_right(list, entry.disabled.empty() ? entry.keys : entry.disabled, {max.x - px(12), baseline},
                  colour(theme().muted, fade), type::kSmall);
  if (chosen && ImGui::IsItemVisible() == false) ImGui::SetScrollHereY();
  return pressed;
}

void Palette::draw(PanelContext& context, const std::vector<SceneEntry>& scenes) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(kWidth, display.x / scale() - 32);
  if (!begin_card(
          "##palette.card",
          {.at = {std::round(0.5F * display.x), px(72)}, .pivot = {0.5F, 0}, .width = width, .padded = false},
          open_))
    return;
  const std::vector<Entry> found = matches(context, scenes);
  chosen_ = std::clamp(chosen_, 0, std::max(0, static_cast<int>(found.size()) - 1));
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
    chosen_ = std::min(chosen_ + 1, static_cast<int>(found.size()) - 1);
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) chosen_ = std::max(chosen_ - 1, 0);
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) open_ = false;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_icon(ImGui::GetWindowDrawList(), icon::kSearch, {at.x + px(18), at.y + px(18)}, colour(theme().muted),
            12);
  ImGui::SetCursorScreenPos({at.x + px(30), at.y});
  {
    const ScopedFont face(Face::regular, 15);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
    ImGui::PushStyleColor(ImGuiCol_NavCursor, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(6), px(9)});
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - px(8));
    if (appearing_) ImGui::SetKeyboardFocusHere();
    const std::string hint(text::kPaletteHint);
    if (ImGui::InputTextWithHint("##typed", hint.c_str(), &typed_)) chosen_ = 0;
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(2);
  }
  appearing_ = false;
  const bool enter =
      ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
  const float y = ImGui::GetCursorScreenPos().y;
  draw_rule_h(ImGui::GetWindowDrawList(), at.x - px(6), at.x + px(width), y + px(1));
  gap(6);
  const float rows = std::min(kMostRows, static_cast<float>(std::max<std::size_t>(found.size(), 1)));
  ImGui::BeginChild("##entries", {0, px(kPaletteRow) * rows});
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool chosen = static_cast<int>(i) == chosen_;
    if (draw_entry(found[i], chosen) || (enter && chosen)) take(context, found[i]);
  }
  if (found.empty()) note(text::kNoMatch);
  ImGui::EndChild();
  end_card();
  if (const Action* action = std::exchange(run_, nullptr)) context.actions->run(action->id);
}

}  // namespace iem::gui
