// Keyboard navigation through the window: Tab leads from the last widget of a panel to the first of the next
// one, F6 from panel to panel. ImGui alone would cycle inside one of its windows.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "imgui.h"

namespace iem::gui {

struct FocusPanel {
  std::string window;  // ImGui's name of it
  std::string name;    // people's
};

class PanelFocus {
 public:
  // Before anything is drawn. `panels`: in their order in the window.
  void begin_frame(std::vector<FocusPanel> panels);
  // Called after everything is drawn: goes on to the next panel where Tab has found no further widget, and
  // frames the panel that has the keyboard.
  void end_frame();
  // To the panel behind (+1) or before (-1) the one that has the keyboard.
  void go(int direction);
  bool working() const { return way_.has_value(); }
  // The panel that has the keyboard; empty: none.
  const std::string& focused() const { return focused_; }

 private:
  // On its way to a panel.
  struct Way {
    std::size_t panel = 0;
    int direction = 1;  // to its first widget, or (-1) to its last
    std::size_t tried = 0;
    bool is_front = false, asked = false, found = false;
    bool by_name = false;  // F6: the panel's name is said
  };
  int present() const;  // of panels_, the one whose window has ImGui's focus; -1: none
  void set_out(int from, int direction, bool by_name);
  void go_on();
  void draw();

  std::vector<FocusPanel> panels_;
  std::optional<Way> way_;
  std::string focused_;
  double named_until_ = 0;  // seconds
  bool clicked_ = false;    // somebody has chosen a place with the mouse
};

}  // namespace iem::gui
