// The small cards: keys and mouse, and what a scene shows.
#pragma once

#include "app/gui/context/panel_context.h"

namespace iem::gui {

class HelpCard {
 public:
  void toggle() { open_ = !open_; }
  bool is_open() const { return open_; }
  void draw(PanelContext& context);

 private:
  bool open_ = false;
};

// What the scene is and what to look for, in its own words. It stays open while the user works.
class LessonCard {
 public:
  void toggle() { open_ = !open_; }
  bool is_open() const { return open_; }
  void draw(PanelContext& context, ImVec2 anchor);

 private:
  bool open_ = false;
};

}  // namespace iem::gui
