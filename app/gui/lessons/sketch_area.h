// A curve that is guessed: empty axes to draw on, and after the reveal the true curve beside the drawn one.
#pragma once

#include <string>

#include "app/gui/lessons/lesson_player.h"

namespace iem::gui {

class SketchArea {
 public:
  explicit SketchArea(LessonPlayer& player) : player_(player) {}
  // Whether the open page asks for this figure's curve.
  bool is_of(const std::string& figure) const;
  void draw(PanelContext& context, const std::string& figure, ImVec2 min, ImVec2 max);

 private:
  void add(double x, double y);

  LessonPlayer& player_;
  bool drawing_ = false;
  double last_x_ = 0, last_y_ = 0;
};

}  // namespace iem::gui
