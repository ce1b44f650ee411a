// About the program and its parts: each with its version, its licence and the licence's full text.
#pragma once

#include <cstddef>

namespace iem::gui {

class AboutCard {
 public:
  void open() { open_ = true; }
  bool is_open() const { return open_; }
  void draw();

 private:
  void list();

  bool open_ = false;
  std::size_t chosen_ = 0;  // part whose licence is shown
  bool scroll_up_ = false;
};

}  // namespace iem::gui
