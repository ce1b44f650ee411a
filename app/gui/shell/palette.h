// The command palette: every action, figure and built-in scene by name, fuzzily.
#pragma once

#include <string>
#include <vector>

#include "app/gui/context/actions.h"
#include "app/gui/controls/top_bar.h"

namespace iem::gui {

class Palette {
 public:
  void open();
  bool is_open() const { return open_; }
  // A scene was chosen; empty: none.
  std::string take_scene() { return std::exchange(scene_, {}); }
  void draw(PanelContext& context, const std::vector<SceneEntry>& scenes);

 private:
  struct Entry {
    std::string label, keys, disabled;
    const Action* action = nullptr;  // else a figure of the lab, or a scene
    std::string figure, scene;
    int score = 0;
  };
  std::vector<Entry> matches(const PanelContext& context, const std::vector<SceneEntry>& scenes) const;
  void take(PanelContext& context, const Entry& entry);
  bool draw_entry(const Entry& entry, bool chosen);

  bool open_ = false, appearing_ = false;
  std::string typed_, scene_;
  const Action* run_ = nullptr;
  int chosen_ = 0;
};

}  // namespace iem::gui
