// The list of lessons, and the quiet line that offers the first one.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "app/gui/context/actions.h"
#include "app/gui/controls/offer_bar.h"
#include "core/lesson/lesson.h"
#include "imgui.h"

namespace iem::gui {

inline constexpr std::string_view kFirstLesson = "five_minutes";

class LessonsCard {
 public:
  void toggle() { open_ = !open_; }
  bool is_open() const { return open_; }
  // Hangs by its upper right corner.
  void draw(ImVec2 anchor, const Actions& actions);
  // The id of the lesson that was chosen; empty: none.
  std::string take() { return std::exchange(chosen_, {}); }

 private:
  bool open_ = false;
  std::string chosen_;
};

// Fills the present ImGui window, like draw_offer. `left`: the lesson to go on with; null: the first one.
OfferAnswer draw_lesson_offer(const Lesson* left);

}  // namespace iem::gui
