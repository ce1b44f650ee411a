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

// The description of the scene and its sentence on what to look for. It stays open while the user works.
class LessonCard {
 public:
  void toggle() { open_ = !open_; }
  bool is_open() const { return open_; }
  void draw(PanelContext& context, ImVec2 anchor);

 private:
  bool open_ = false;
};

}  // namespace iem::gui
