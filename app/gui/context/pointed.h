// What the pointer rests on, the symbols of a formula or the marks of a figure, so that words and marks can
// highlight each other. It is read in the frame after the one in which it is set, so that the order in which
// panels are drawn does not matter.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace iem::gui {

class Pointed {
 public:
  // Called once a frame, before anything is drawn.
  void begin_frame() { now_ = std::exchange(next_, {}); }

  // The glossary letters of the formula under the pointer.
  void at_symbols(std::vector<std::string> letters) { next_.letters = std::move(letters); }
  // The marks under the pointer.
  void at_marks(std::string figure, std::string series) {
    next_.figure = std::move(figure), next_.series = std::move(series);
  }

  const std::vector<std::string>& letters() const { return now_.letters; }
  const std::string& figure() const { return now_.figure; }
  const std::string& series() const { return now_.series; }

 private:
  struct Place {
    std::vector<std::string> letters;
    std::string figure, series;
  } now_, next_;
};

}  // namespace iem::gui
