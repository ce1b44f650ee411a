// All built-in scenes with pictures, in groups from introductory to advanced, to be searched and opened.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/sessions/kept_sessions.h"
#include "app/gui/sessions/scene_list.h"
#include "app/gui/sessions/thumbnails.h"

namespace iem::gui {

class SceneBrowser {
 public:
  void toggle();
  bool is_open() const { return open_; }
  void draw(PanelContext& context, const std::vector<KeptSession>& sessions);
  // A scene was chosen: its name or path; empty: none.
  std::string take_scene() { return std::exchange(scene_, {}); }
  bool working() const { return thumbnails_.working(); }
  const Thumbnails& thumbnails() const { return thumbnails_; }
  // The scenes that match the search, group by group.
  const std::vector<const SceneEntry*>& listed() const { return listed_; }

 private:
  void search();
  void head(PanelContext& context, const std::vector<KeptSession>& sessions);
  void groups(PanelContext& context);
  bool scene_card(PanelContext& context, const SceneEntry& scene, ImVec2 min, ImVec2 size);

  bool open_ = false, appearing_ = false, shows_present_ = false;
  std::string typed_, scene_;
  std::vector<const SceneEntry*> listed_;
  Thumbnails thumbnails_;
};

}  // namespace iem::gui
