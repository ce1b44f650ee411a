// The question of a page: what is asked, how it is answered, and what the answer is.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/lessons/lesson_reader.h"
#include "app/gui/lessons/set_words.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"

namespace iem::gui {
namespace {

constexpr float kQuestion = 18, kQuestionPresented = 16;

std::string distance_words(const Question& question, double gap) {
  if (question.kind == Question::Kind::choice)
    return gap == 0 ? word(text::lesson::kRight) : word(text::lesson::kNotThis);
  return word(text::lesson::kApart) + " " + shown_number(gap);
}

}  // namespace

// One of the answers to choose from: its words wrap, and may have formulas.
bool LessonReader::choice(LessonPlayer& player, std::size_t i) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const bool mine = player.guess() && player.guess()->choice == i;
  const bool right = player.truth() != nullptr && player.truth()->choice == i;
  ImGuiCanvas canvas(list, {min.x + px(12), min.y + px(5)});
  paint::DocumentStyle style = page_style(row_width() - px(44));
  style.text_px = type::kBody, style.line_px = 20;
  Set& set = choices_[i];
  set.fit(player.choices()[i], style, canvas);
  const float height = std::max(px(30), static_cast<float>(set.document.height) * scale() + px(10));
  ImGui::BeginDisabled(player.revealed());
  const std::string id = "##choice" + std::to_string(i);
  const bool pressed = ImGui::InvisibleButton(id.c_str(), {row_width(), height + px(4)});
  ImGui::EndDisabled();
  const ImVec2 max(min.x + row_width(), min.y + height);
  const Rgb edge = right ? theme().good : mine ? theme().accent : theme().hairline;
  if (mine)
    list->AddRectFilled(min, max, colour(theme().accent, 0.08), px(6));
  else if (ImGui::IsItemHovered())
    list->AddRectFilled(min, max, colour(theme().sunken), px(6));
  list->AddRect(min, max, colour(edge), px(6), right || mine ? px(1.6F) : hairline_px());
  paint::paint_document(set.document, style, {0, 0}, canvas);
  if (right)
    draw_icon(list, icon::kCheck, {max.x - px(16), 0.5F * (min.y + max.y)}, colour(theme().good), 13);
  draw_focus(list, min, max, ImGui::GetItemID());
  return pressed;
}

void LessonReader::choices(LessonPlayer& player) {
  choices_.resize(player.choices().size());
  for (std::size_t i = 0; i < player.choices().size(); ++i) {
    if (!choice(player, i)) continue;
    Guess guess;
    guess.choice = i;
    player.set_guess(guess);
  }
}

void LessonReader::number(LessonPlayer& player) {
  if (player.revealed()) return;
  std::string typed = typed_;
  if (!text_row({.id = "##lesson.number", .label = text::lesson::kYourGuess}, typed, text::lesson::kANumber))
    return;
  typed_ = typed;
  double value = 0;
  if (parse_number(typed, value)) {
    Guess guess;
    guess.number = value;
    player.set_guess(guess);
  } else {
    player.set_guess(std::nullopt);
  }
}

void LessonReader::place(LessonPlayer& player) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (!player.guess()) {
    if (!player.revealed()) note(text::lesson::kDragHint);
    return;
  }
  const Guess& guess = *player.guess();
  list->AddCircle({at.x + px(7), at.y + px(13)}, px(6), colour(theme().accent), 0, px(1.8F));
  list->AddCircleFilled({at.x + px(7), at.y + px(13)}, px(1.8F), colour(theme().accent));
  float x = at.x + px(22);
  x += draw_text(list, text::lesson::kYourGuess, {x, at.y + px(18)}, colour(theme().ink)) + px(8);
  draw_text(list, "(" + format_fixed(guess.x, 2) + ", " + format_fixed(guess.y, 2) + ")", {x, at.y + px(18)},
            colour(theme().ink), type::kBody, Face::bold);
  if (!player.revealed()) {
    const float width = measure_text(text::lesson::kClear, type::kBody).width + px(20);
    ImGui::SetCursorScreenPos({at.x + row_width() - width + px(10), at.y - px(2)});
    if (text_button({.id = "##clear_guess", .help = text::lesson::kClearHelp}, text::lesson::kClear))
      player.set_guess(std::nullopt);
  }
  ImGui::SetCursorScreenPos({at.x, at.y + px(28)});
}

// The guesses of other attempts at a number, faint, with the present one and the truth, on one line.
void LessonReader::cloud(const LessonPlayer& player, double truth) {
  const std::vector<Guess> earlier = player.earlier();
  if (earlier.empty()) return;
  double lo = truth, hi = truth;
  const auto reach = [&](double number) { lo = std::min(lo, number), hi = std::max(hi, number); };
  for (const Guess& guess : earlier) reach(guess.number);
  if (player.guess()) reach(player.guess()->number);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = at.x + px(8), width = row_width() - px(16), y = at.y + px(14);
  const auto x_of = [&](double number) {
    return left + width * static_cast<float>(hi > lo ? (number - lo) / (hi - lo) : 0.5);
  };
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_rule_h(list, at.x, at.x + row_width(), y);
  for (const Guess& guess : earlier)
    list->AddCircle({x_of(guess.number), y}, px(4.5F), colour(theme().accent, 0.4), 0, px(1.6F));
  if (player.guess())
    list->AddCircle({x_of(player.guess()->number), y}, px(6), colour(theme().accent), 0, px(2));
  list->AddRectFilled({x_of(truth) - px(1), y - px(8)}, {x_of(truth) + px(1), y + px(8)},
                      colour(theme().ink));
  ImGui::Dummy({row_width(), px(28)});
  note(text::lesson::kEarlier);
}

void LessonReader::answer(PanelContext& context, LessonPlayer& player) {
  const Question& asked = *player.page().question;
  const Truth* truth = player.truth();
  const bool is_new = truth != nullptr && !answered_;
  answered_ = truth != nullptr;
  if (is_new) scrolls_ = 3;
  if (truth == nullptr) return;
  gap(6);
  // A class sees the answer at once, however long the question was.
  if (context.presenting && scrolls_ > 0) {
    --scrolls_;
    ImGui::SetScrollHereY(0.4F);
  }
  if (player.guess()) {
    const double apart = gap_of(asked, *player.guess(), *truth);
    const bool is_choice = asked.kind == Question::Kind::choice;
    const Rgb ink = is_choice ? (apart == 0 ? theme().good : theme().warn) : theme().ink;
    wrapped(distance_words(asked, apart), type::kBody, true, ink);
  }
  if (asked.kind == Question::Kind::number)
    wrapped(word(text::lesson::kItIs) + " " + shown_number(truth->number), type::kBody, true, theme().ink);
  if (asked.kind == Question::Kind::number) cloud(player, truth->number);
  if (asked.kind == Question::Kind::where && !player.earlier().empty()) note(text::lesson::kEarlier);
  gap(6);
  words(context, reveal_, player.reveal_words());
}

void LessonReader::question(PanelContext& context, LessonPlayer& player) {
  if (!player.page().question) return;
  const Question& asked = *player.page().question;
  if (!context.presenting) {
    wide_rule();
    wrapped(text::lesson::kPredict, type::kSmall, true, theme().accent);
    gap(6);
  }
  wrapped(player.ask(), context.presenting ? kQuestionPresented : kQuestion, true, theme().ink);
  gap(8);
  switch (asked.kind) {
    case Question::Kind::choice: choices(player); break;
    case Question::Kind::number: number(player); break;
    case Question::Kind::where: place(player); break;
    case Question::Kind::sketch:
      if (!player.revealed()) note(text::lesson::kSketchHint);
      break;
  }
  answer(context, player);
}

}  // namespace iem::gui
