#include "app/gui/lessons/lessons_card.h"

#include <algorithm>
#include <cmath>

#include "app/gui/look/icons.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "core/lesson/lessons.h"

namespace iem::gui {
namespace {

constexpr float kLessonsWidth = 420, kLessonRow = 45;
constexpr float kAboveRows = 42, kBelowRows = 14;  // the card's head and its padding
constexpr float kMostHeight = 740, kBelowCard = 6;
constexpr float kNextRow = 8;  // of a row, in which it has no words yet

// As high as the window allows, and where that is too low for all rows, down to the end of one.
float card_height(std::size_t rows, float room) {
  room = std::min(room, kMostHeight);
  if (kAboveRows + kLessonRow * static_cast<float>(rows) + kBelowRows <= room) return room;
  const float whole = std::floor((room - kAboveRows - kNextRow) / kLessonRow);
  return kAboveRows + kLessonRow * std::max(whole, 1.0F) + kNextRow;
}

bool lesson_row(const Lesson& lesson) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size(row_width(), px(kLessonRow));
  const bool pressed = ImGui::InvisibleButton(("##" + lesson.id).c_str(), size, ImGuiButtonFlags_EnableNav);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 max(at.x + size.x, at.y + size.y);
  if (ImGui::IsItemHovered())
    list->AddRectFilled({at.x - px(8), at.y}, {max.x + px(8), max.y}, colour(theme().ink, 0.05), px(6));
  draw_focus(list, at, max, ImGui::GetItemID());
  const std::string minutes = lesson.minutes > 0
                                  ? std::to_string(lesson.minutes) + " " + word(text::lesson::kMinutes)
                                  : std::string();
  const float said = measure_text(minutes, type::kSmall).width + px(12);
  draw_text_cut(list, lesson.title, {at.x, at.y + px(20)}, colour(theme().ink), size.x - said, type::kBody,
                Face::bold);
  draw_text_right(list, minutes, {max.x, at.y + px(20)}, colour(theme().muted), type::kSmall);
  draw_text_cut(list, lesson.about, {at.x, at.y + px(38)}, colour(theme().muted), size.x, type::kSmall);
  return pressed;
}

// Lessons from files, on the right of the head at `at`; the id of the action that was chosen, else null.
const char* own_lessons(const Actions& actions, ImVec2 at) {
  const char* chosen = nullptr;
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const auto width = [](std::string_view label) { return measure_text(label, type::kBody).width + px(20); };
  const float open = at.x + row_width() + px(10) - width(text::author::kOpen);  // the words on the edge
  const float top = at.y - px(6);
  const std::string no_new = actions.disabled("lesson.new"), no_open = actions.disabled("lesson.open_file");
  ImGui::SetCursorScreenPos({open - width(text::author::kNew), top});
  if (text_button({.id = "##new_lesson", .help = text::author::kNewHelp, .disabled = no_new},
                  text::author::kNew))
    chosen = "lesson.new";
  ImGui::SetCursorScreenPos({open, top});
  if (text_button({.id = "##open_lesson", .help = text::author::kOpenHelp, .disabled = no_open},
                  text::author::kOpen))
    chosen = "lesson.open_file";
  ImGui::SetCursorScreenPos(below);
  return chosen;
}

}  // namespace

void LessonsCard::draw(ImVec2 anchor, const Actions& actions) {
  const float room = (ImGui::GetIO().DisplaySize.y - anchor.y) / scale() - kBelowCard;
  const CardStyle style{.at = anchor,
                        .pivot = {1, 0},
                        .width = kLessonsWidth,
                        .max_height = card_height(lessons().size(), room)};
  if (!begin_card("##lessons.card", style, open_)) return;
  const ImVec2 head = ImGui::GetCursorScreenPos();
  card_head(text::lesson::kLessons);
  const char* own = own_lessons(actions, head);
  for (const Lesson& lesson : lessons())
    if (lesson_row(lesson)) chosen_ = lesson.id, open_ = false;
  if (own != nullptr) {
    open_ = false;
    actions.run(own);
  }
  end_card();
}

OfferAnswer draw_lesson_offer(const Lesson* left) {
  OfferAnswer answer = OfferAnswer::none;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 min = ImGui::GetWindowPos();
  const float right = min.x + ImGui::GetWindowWidth();
  ImGui::SetCursorScreenPos({min.x + px(24), min.y + px(3)});
  const std::string label =
      left != nullptr ? word(text::lesson::kGoOn) + ": " + left->title : word(text::lesson::kOffer);
  if (text_button({.id = "##begin_lesson", .help = left ? text::lesson::kGoOnHelp : text::lesson::kOfferHelp},
                  label))
    answer = OfferAnswer::use;
  list->AddRect({ImGui::GetItemRectMin().x, ImGui::GetItemRectMin().y + px(2)},
                {ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y - px(2)}, colour(theme().hairline),
                px(6), hairline_px());
  ImGui::SetCursorScreenPos({right - px(13) - px(28), min.y + px(4)});
  if (icon_button({.id = "##dismiss_lesson", .help = text::lesson::kDismissLesson}, icon::kClose, 12, 28))
    answer = OfferAnswer::dismiss;
  draw_rule_h(list, min.x, right, min.y + px(kOfferHeight) - hairline_px());
  return answer;
}

}  // namespace iem::gui
