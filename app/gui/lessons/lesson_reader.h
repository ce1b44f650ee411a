// The page of a lesson in place of the controls: where one is, the words, the question with its guess, the
// task, and Back and Next.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/gui/controls/control_row.h"
#include "app/gui/lessons/lesson_author.h"
#include "app/gui/lessons/lesson_player.h"
#include "app/paint/document/document.h"

namespace iem::gui {

inline constexpr float kReaderWidth = 352;  // style pixels

// Where one is in the lesson: "page 3 of 7".
std::string page_words(const LessonPlayer& player);

class LessonReader {
 public:
  // Fills the present ImGui window.
  void draw(PanelContext& context, LessonPlayer& player, const LessonAuthor& author);
  // The same without words and buttons, for a presenter's window: settings, question, answer, task.
  void draw_moment(PanelContext& context, LessonPlayer& player);
  // Whether the user has asked to leave the lesson.
  bool take_leaving() { return std::exchange(leaving_, false); }

 private:
  // Words set once for their text, width and scale.
  struct Set {
    std::string markdown;
    double width = 0;
    float scale = 0;
    paint::Document document;
    void fit(const std::string& to, const paint::DocumentStyle& style, paint::Canvas& canvas);
  };
  void turn_to_page(const LessonPlayer& player);
  void head(PanelContext& context, LessonPlayer& player, const LessonAuthor& author);
  void words(PanelContext& context, Set& set, const std::string& markdown);
  void question(PanelContext& context, LessonPlayer& player);
  bool choice(LessonPlayer& player, std::size_t i);
  void choices(LessonPlayer& player);
  void number(LessonPlayer& player);
  void place(LessonPlayer& player);
  static void cloud(const LessonPlayer& player, double truth);
  void answer(PanelContext& context, LessonPlayer& player);
  void task(PanelContext& context, LessonPlayer& player);
  void foot(PanelContext& context, LessonPlayer& player, ImVec2 min, ImVec2 max);
  void controls(PanelContext& context);
  void light_up(PanelContext& context, const std::string& target);
  void put_out(PanelContext& context);

  Set body_, reveal_, task_, formulas_;
  std::vector<Set> choices_;
  std::string typed_;  // of a number
  const void* of_ = nullptr;
  std::size_t page_ = 0;
  ControlRows rows_;
  bool leaving_ = false, lights_ = false, lit_ = false;
  bool answered_ = false;  // in the last frame
  int scrolls_ = 0;        // frames in which the answer is brought into sight, until sizes have settled
};

}  // namespace iem::gui
