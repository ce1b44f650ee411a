// The top bar: product, labs, the shown scene; open, save, export, palette, theme, help.
#pragma once

#include <string>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/sessions/kept_sessions.h"

namespace iem::gui {

class TopBar {
 public:
  // Fills the present ImGui window.
  void draw(PanelContext& context, const std::vector<KeptSession>& sessions);
  // Where the export popover hangs from, in screen pixels.
  ImVec2 export_anchor() const { return export_anchor_; }
  // Where the lesson of the scene hangs from.
  ImVec2 lesson_anchor() const { return lesson_anchor_; }
  // Whether the list of sessions is being shown and should be read anew.
  bool take_looking() { return std::exchange(looking_, false); }
  // A scene was chosen: its name or path; empty: none.
  std::string take_scene() { return std::exchange(scene_, {}); }

 private:
  float brand(ImVec2 min);
  void go_to(PanelContext& context, const Lab& lab);
  // Up to `right`, or one menu instead; returns where they end.
  float labs_tabs(PanelContext& context, float x, float y, float right);
  float labs_menu(PanelContext& context, float x, float y);
  // Its button ends left of `right`, screen pixels.
  void scene_button(PanelContext& context, float x, float y, float right);
  float file_buttons(PanelContext& context, const std::vector<KeptSession>& sessions, ImVec2 right_end);
  void right_side(PanelContext& context, ImVec2 min, float right);

  std::string scene_;
  bool looking_ = false;
  void compare_button(PanelContext& context, ImVec2 right_end);

  ImVec2 export_anchor_ = {0, 0}, lesson_anchor_ = {0, 0};
};

}  // namespace iem::gui
