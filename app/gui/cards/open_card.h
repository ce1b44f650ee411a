// Where there is no desktop dialog: a path to open, typed.
#pragma once

#include <string>
#include <utility>

namespace iem::gui {

class OpenCard {
 public:
  // With the path of the last time, selected: typing replaces it.
  void open();
  void draw();
  // The path that was entered, returned once; the card then waits for answer().
  std::string take() { return std::exchange(chosen_, {}); }
  bool waits() const { return open_ && waits_; }
  // Tells the card why the path could not be opened: it stays and selects the path again. Empty: it was
  // opened.
  void answer(const std::string& error);
  bool is_open() const { return open_; }

 private:
  bool open_ = false, focus_ = false, waits_ = false;
  std::string path_, chosen_, error_;
};

}  // namespace iem::gui
