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
  // A path was entered: once; the card then waits for answer().
  std::string take() { return std::exchange(chosen_, {}); }
  bool waits() const { return open_ && waits_; }
  // Why it could not be opened: the card stays and the path is selected again. Empty: it was opened.
  void answer(const std::string& error);
  bool is_open() const { return open_; }

 private:
  bool open_ = false, focus_ = false, waits_ = false;
  std::string path_, chosen_, error_;
};

}  // namespace iem::gui
