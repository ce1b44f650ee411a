// Messages: a quiet line above the transport that disappears by itself and never blocks the user.
#pragma once

#include <deque>
#include <string>

#include "imgui.h"

namespace iem::gui {

class Notices {
 public:
  enum class Tone : unsigned char { quiet, good, warn };

  // Shows a message; repeating the present one only restarts its time.
  void say(std::string words, Tone tone = Tone::quiet);
  // Draws what is still to be said, its lower edge at `bottom`, centred on x; true while something is shown.
  bool draw(float x, float bottom, float max_width);
  // Ends a message that no longer holds.
  void take_back(const std::string& words);
  bool showing() const { return !lines_.empty(); }
  bool showing(const std::string& words) const;
  const std::deque<std::string>& history() const { return history_; }  // the last ones said

 private:
  struct Line {
    std::string words;
    Tone tone = Tone::quiet;
    double begin = -1;  // seconds; set when first drawn
  };
  std::deque<Line> lines_;
  std::deque<std::string> history_;
};

// Whether the desktop's dialog can be asked; a notice says so where one is open already.
bool dialog_is_free(Notices& notices);

}  // namespace iem::gui
