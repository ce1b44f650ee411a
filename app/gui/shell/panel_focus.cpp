#include "app/gui/shell/panel_focus.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/look/fonts.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widgets.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

constexpr double kNamed_s = 1.5;

// Asks for the first or the last widget of a window; ImGui answers as its widgets are drawn.
void ask_for_widget(ImGuiWindow* window, int direction) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGui::SetNavWindow(window);
  ImGui::SetNavID(0, ImGuiNavLayer_Main, window->NavRootFocusScopeId, ImRect());
  const ImGuiNavMoveFlags flags =
      static_cast<ImGuiNavMoveFlags>(ImGuiNavMoveFlags_IsTabbing) | ImGuiNavMoveFlags_Activate;
  const ImGuiScrollFlags scroll =
      static_cast<ImGuiScrollFlags>(ImGuiScrollFlags_KeepVisibleEdgeX) | ImGuiScrollFlags_KeepVisibleEdgeY;
  ImGui::NavMoveRequestSubmit(ImGuiDir_None, direction < 0 ? ImGuiDir_Up : ImGuiDir_Down, flags, scroll);
  g.NavTabbingDir = direction;
  g.NavTabbingCounter = direction > 0 ? 1 : -1;
}

}  // namespace

int PanelFocus::present() const {
  const ImGuiWindow* window = ImGui::GetCurrentContext()->NavWindow;
  if (window == nullptr) return -1;
  for (std::size_t i = 0; i < panels_.size(); ++i)
    if (ImGui::FindWindowByName(panels_[i].window.c_str()) == window->RootWindow) return static_cast<int>(i);
  return -1;
}

void PanelFocus::set_out(int from, int direction, bool by_name) {
  const auto count = static_cast<int>(panels_.size());
  if (count == 0) return;
  const int to = from < 0 && direction < 0 ? count - 1 : (from + direction + count) % count;
  way_ = Way{.panel = static_cast<std::size_t>(to), .direction = direction, .by_name = by_name};
}

void PanelFocus::go(int direction) {
  const bool known = !focused_.empty() || clicked_;
  set_out(known ? present() : -1, direction, true);
  if (way_) way_->direction = 1;
}

// The next panel, where this one has nothing that takes the keyboard.
void PanelFocus::go_on() {
  const std::size_t count = panels_.size(), step = way_->direction < 0 ? count - 1 : 1;
  if (++way_->tried >= count) return way_.reset();
  way_->panel = (way_->panel + step) % count;
  way_->is_front = way_->asked = false;
}

void PanelFocus::begin_frame(std::vector<FocusPanel> panels) {
  panels_ = std::move(panels);
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) clicked_ = true, named_until_ = 0;
  if (way_ && way_->found) way_.reset();  // ImGui has gone there by now
  if (!way_) return;
  if (way_->panel >= panels_.size()) return way_.reset();
  ImGuiWindow* window = ImGui::FindWindowByName(panels_[way_->panel].window.c_str());
  if (window == nullptr || !window->WasActive) return go_on();
  // One that is behind another as a tab comes to the front first.
  if (!std::exchange(way_->is_front, true)) return ImGui::FocusWindow(window);
  ask_for_widget(window, way_->direction);
  way_->asked = true;
}

void PanelFocus::end_frame() {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  if (way_ && way_->asked) {
    if (g.NavMoveResultLocal.ID == 0) {
      ImGui::NavMoveRequestCancel();
      go_on();
    } else {
      if (way_->by_name) named_until_ = ImGui::GetTime() + kNamed_s;
      way_->found = true;
    }
  } else if (!way_ && g.NavMoveSubmitted && (g.NavMoveFlags & ImGuiNavMoveFlags_IsTabbing) != 0 &&
             (g.NavMoveFlags & ImGuiNavMoveFlags_FocusApi) == 0) {
    // Tab has reached the end of its panel, or has not been used yet. In cards and menus it cycles.
    const bool known = clicked_ || !focused_.empty();
    const int from = known ? present() : -1, direction = g.NavTabbingDir;
    const bool ended = g.NavMoveScoringItems && from >= 0 && direction != 0;
    if (ended || !known) {
      ImGui::NavMoveRequestCancel();
      set_out(from, direction < 0 ? -1 : 1, false);
    }
  }
  const bool shows = keyboard_is_taken() && g.NavCursorVisible && g.NavId != 0;
  const int panel = shows ? present() : -1;
  if (panel < 0 && !way_) focused_.clear();
  if (panel >= 0) focused_ = panels_[static_cast<std::size_t>(panel)].name, draw();
}

// A frame of accent inside its edges, and for a moment its name.
void PanelFocus::draw() {
  const ImGuiWindow* window = ImGui::GetCurrentContext()->NavWindow->RootWindow;
  ImDrawList* list = ImGui::GetForegroundDrawList();
  const float stroke = std::max(1.5F, std::round(1.5F * scale())), inset = 0.5F * stroke;
  const ImVec2 min = window->Pos, max(min.x + window->Size.x, min.y + window->Size.y);
  list->AddRect({min.x + inset, min.y + inset}, {max.x - inset, max.y - inset}, colour(theme().accent, 0.6),
                px(4), stroke);
  if (ImGui::GetTime() >= named_until_) return;
  const float width = measure_text(focused_, type::kTick, Face::bold).width + px(16);
  const ImVec2 at(std::round(0.5F * (min.x + max.x - width)), min.y);
  list->AddRectFilled(at, {at.x + width, at.y + px(20)}, colour(theme().accent), px(6),
                      ImDrawFlags_RoundBottom);
  draw_text(list, focused_, {at.x + px(8), at.y + px(14)}, colour(theme().on_accent), type::kTick,
            Face::bold);
}

}  // namespace iem::gui
