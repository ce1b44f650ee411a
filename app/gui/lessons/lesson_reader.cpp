#include "app/gui/lessons/lesson_reader.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/context/actions.h"
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/lessons/author_menu.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/page_dots.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/lesson/text_parts.h"
#include "core/session/window_parts.h"

namespace iem::gui {
namespace {

constexpr float kMomentSide = 16, kPageSide = 24, kLessonFoot = 92, kHeading = 20, kQuestion = 18;

paint::DocumentStyle page_style(float width_px) {
  paint::DocumentStyle style;
  style.width_px = width_px / scale();
  style.ink = {theme().ink, 1}, style.muted = {theme().muted, 1}, style.accent = {theme().accent, 1};
  return style;
}

// Words that wrap in a size and face of their own; returns their height.
float wrapped(std::string_view words, float size, bool bold, const Rgb& ink) {
  ImGuiCanvas canvas(ImGui::GetWindowDrawList(), ImGui::GetCursorScreenPos());
  paint::DocumentStyle style = page_style(row_width());
  style.text_px = size, style.line_px = std::round(1.3F * size);
  style.ink = {ink, 1};
  const std::string markdown = bold ? "**" + std::string(words) + "**" : std::string(words);
  const paint::Document set = paint::set_document(markdown, style, canvas);
  paint::paint_document(set, style, {0, 0}, canvas);
  const float height = static_cast<float>(set.height) * scale();
  ImGui::Dummy({row_width(), height});
  return height;
}

void rule() {
  gap(16);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_rule_h(ImGui::GetWindowDrawList(), at.x, at.x + row_width(), at.y);
  gap(14);
}

bool wide_button(const Button& button, std::string_view label, ImVec2 min, ImVec2 size, bool primary) {
  ImGui::SetCursorScreenPos(min);
  ImGui::BeginDisabled(!button.disabled.empty());
  const bool pressed = ImGui::InvisibleButton(button.id, size);
  ImGui::EndDisabled();
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 max(min.x + size.x, min.y + size.y);
  const bool off = !button.disabled.empty();
  if (primary && !off)
    list->AddRectFilled(min, max, colour(theme().accent, hovered ? 0.9 : 1), px(6));
  else
    list->AddRectFilled(min, max, colour(hovered && !off ? theme().sunken : theme().paper), px(6));
  if (!primary || off) list->AddRect(min, max, colour(theme().hairline), px(6), hairline_px());
  const Rgb ink = off ? theme().muted : primary ? theme().paper : theme().ink;
  const float width = measure_text(label, type::kBody, Face::bold).width;
  draw_text(list, label,
            {min.x + 0.5F * (size.x - width), min.y + std::round(0.5F * (size.y + cap_height(type::kBody)))},
            colour(ink), type::kBody, Face::bold);
  draw_focus(list, min, max, ImGui::GetItemID());
  return pressed && !off;
}

void keycap(ImDrawList* list, std::string_view keys, float centre, float top) {
  const float width = measure_text(keys, type::kTick).width + px(14);
  const ImVec2 min(centre - 0.5F * width, top), max(centre + 0.5F * width, top + px(19));
  list->AddRect(min, max, colour(theme().hairline), px(4), hairline_px());
  draw_text(list, keys, {min.x + px(7), top + px(14)}, colour(theme().muted), type::kTick);
}

// Where one is among the pages: dots, or numbers where there is no room for these.
void progress(ImDrawList* list, std::size_t page, std::size_t pages, float left, float right, float y) {
  if (draw_page_dots(list, page, pages, left, right, y)) return;
  const std::string words = std::to_string(page + 1) + " / " + std::to_string(pages);
  const float width = measure_text(words, type::kSmall).width;
  draw_text(list, words, {0.5F * (left + right - width), y + 0.5F * cap_height(type::kSmall)},
            colour(theme().muted), type::kSmall);
}

std::string distance_words(const Question& question, double gap) {
  if (question.kind == Question::Kind::choice)
    return gap == 0 ? word(text::lesson::kRight) : word(text::lesson::kNotThis);
  return word(text::lesson::kApart) + " " + shown_number(gap);
}

}  // namespace

void LessonReader::head(PanelContext& context, LessonPlayer& player, const LessonAuthor& author) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Lesson& lesson = player.lesson();
  const std::string where = lesson.title + ", " + word(text::lesson::kPage) + " " +
                            std::to_string(player.index() + 1) + " " + word(text::kOf) + " " +
                            std::to_string(lesson.pages.size());
  draw_text_cut(list, where, {at.x, at.y + px(14)}, colour(theme().muted), row_width() - px(58),
                type::kSmall);
  author_menu(*context.actions, author, {at.x + row_width() - px(50), at.y - px(6)});
  ImGui::SetCursorScreenPos({at.x + row_width() - px(22), at.y - px(6)});
  if (icon_button({.id = "##leave_lesson",
                   .help = text::lesson::kLeaveHelp,
                   .shortcut = context.actions->keys("lesson.leave")},
                  icon::kClose, 12, 28))
    leaving_ = true;
  ImGui::SetCursorScreenPos({at.x, at.y + px(28)});
  wrapped(player.page().heading, kHeading, true, theme().ink);
  gap(10);
  if (!author.trouble().empty()) draw_trouble(author.trouble());
}

// A link lights up what it names, as the pointer on it would.
void LessonReader::light_up(PanelContext& context, const std::string& target) {
  const std::optional<LessonLink> link = link_to(target);
  if (!link) return;
  if (link->kind == "formula") context.pointed().at_symbols({link->name});
  const ElementId element = element_of_name(link->kind + " " + link->name);
  if (element.kind == ElementId::Kind::none) return;
  lights_ = true;
  ViewState& view = context.view();
  if (view.hovered == element) return;
  view.hovered = element, view.by_plot = true;
  view.touch();
}

// What the last frame's link lit up goes out when the pointer has left it.
void LessonReader::put_out(PanelContext& context) {
  ViewState& view = context.view();
  if (std::exchange(lit_, std::exchange(lights_, false)) && !lit_) {
    view.hovered = {}, view.by_plot = false;
    view.touch();
  }
}

void LessonReader::words(PanelContext& context, Set& set, const std::string& markdown) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGuiCanvas canvas(ImGui::GetWindowDrawList(), at);
  const paint::DocumentStyle style = page_style(row_width());
  if (set.markdown != markdown || set.width != style.width_px || set.scale != scale())
    set = {markdown, style.width_px, scale(), paint::set_document(markdown, style, canvas)};
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const int lit =
      ImGui::IsWindowHovered()
          ? paint::link_at(set.document, style, {(mouse.x - at.x) / scale(), (mouse.y - at.y) / scale()})
          : -1;
  paint::paint_document(set.document, style, {0, 0}, canvas, lit);
  if (lit >= 0) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    const std::string& target = set.document.links[static_cast<std::size_t>(lit)];
    light_up(context, target);
  }
  ImGui::Dummy({row_width(), static_cast<float>(set.document.height) * scale()});
}

// The settings that the page leaves to the reader.
void LessonReader::controls(PanelContext& context) {
  const std::vector<std::string> keys = context.reduced().keys();
  if (keys.empty()) return;
  gap(10);
  rows_.draw_keys(context, keys);
}

void LessonReader::choices(LessonPlayer& player) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < player.choices().size(); ++i) {
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const bool mine = player.guess() && player.guess()->choice == i;
    const bool right = player.truth() != nullptr && player.truth()->choice == i;
    ImGui::BeginDisabled(player.revealed());
    const std::string id = "##choice" + std::to_string(i);
    const bool pressed = ImGui::InvisibleButton(id.c_str(), {row_width(), px(34)});
    ImGui::EndDisabled();
    const ImVec2 max(min.x + row_width(), min.y + px(30));
    const Rgb edge = right ? theme().good : mine ? theme().accent : theme().hairline;
    if (mine)
      list->AddRectFilled(min, max, colour(theme().accent, 0.08), px(6));
    else if (ImGui::IsItemHovered())
      list->AddRectFilled(min, max, colour(theme().sunken), px(6));
    list->AddRect(min, max, colour(edge), px(6), right || mine ? px(1.6F) : hairline_px());
    draw_text_cut(list, player.choices()[i], {min.x + px(12), min.y + px(20)}, colour(theme().ink),
                  row_width() - px(44), type::kBody);
    if (right) draw_icon(list, icon::kCheck, {max.x - px(16), min.y + px(15)}, colour(theme().good), 13);
    draw_focus(list, min, max, ImGui::GetItemID());
    if (pressed) {
      Guess guess;
      guess.choice = i;
      player.set_guess(guess);
    }
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
  if (truth == nullptr) return;
  gap(6);
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
    rule();
    wrapped(text::lesson::kPredict, type::kSmall, true, theme().accent);
    gap(6);
  }
  wrapped(player.ask(), kQuestion, true, theme().ink);
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

void LessonReader::task(PanelContext& context, LessonPlayer& player) {
  if (!player.page().task) return;
  if (!context.presenting || player.page().question) rule();
  const bool done = player.task_done();
  wrapped(done ? text::lesson::kDone : text::lesson::kTry, type::kSmall, true,
          done ? theme().good : theme().accent);
  gap(6);
  words(context, task_, player.page().task->say);
}

void LessonReader::foot(PanelContext& context, LessonPlayer& player, ImVec2 min, ImVec2 max) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Actions& actions = *context.actions;
  const float height = px(36), left = min.x + px(kPageSide), right = max.x - px(kPageSide),
              top = min.y + px(8);
  const std::string no_back = actions.disabled("lesson.back"), no_next = actions.disabled("lesson.next");
  if (wide_button({.id = "##lesson_back", .disabled = no_back}, text::lesson::kBack, {left, top},
                  {px(88), height}, false))
    actions.run("lesson.back");
  const bool last = !player.has_next();
  const std::string_view word = player.asks() ? text::lesson::kReveal
                                : last        ? text::lesson::kFinish
                                              : text::lesson::kNext;
  if (wide_button({.id = "##lesson_next", .disabled = no_next}, word, {right - px(112), top},
                  {px(112), height}, true))
    actions.run("lesson.next");
  progress(list, player.index(), player.lesson().pages.size(), left + px(96), right - px(120),
           top + 0.5F * height);
  keycap(list, "PgUp", left + px(44), top + height + px(9));
  keycap(list, "PgDn", right - px(56), top + height + px(9));
}

// The number typed belongs to its page.
void LessonReader::turn_to_page(const LessonPlayer& player) {
  if (of_ != &player.lesson() || page_ != player.index()) {
    of_ = &player.lesson(), page_ = player.index();
    typed_ = player.guess() && player.page().question->kind == Question::Kind::number
                 ? shown_number(player.guess()->number)
                 : std::string();
  }
}

void LessonReader::draw(PanelContext& context, LessonPlayer& player, const LessonAuthor& author) {
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const ImVec2 max(min.x + size.x, min.y + size.y);
  put_out(context);
  turn_to_page(player);
  const float top = min.y + ImGui::GetCursorStartPos().y + px(14);
  ImGui::SetCursorScreenPos({min.x, top});
  const ImVec2 room(size.x, max.y - px(kLessonFoot) - top);
  if (ImGui::BeginChild("##lesson_page", room, ImGuiChildFlags_NavFlattened)) {
    const ImVec2 inside = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({inside.x + px(kPageSide), inside.y + px(8)});
    const ScopedRowWidth width(size.x - 2 * px(kPageSide));
    ImGui::BeginGroup();
    head(context, player, author);
    words(context, body_, player.body());
    controls(context);
    question(context, player);
    task(context, player);
    gap(12);
    ImGui::EndGroup();
  }
  ImGui::EndChild();
  foot(context, player, {min.x, max.y - px(kLessonFoot)}, max);
}

void LessonReader::draw_moment(PanelContext& context, LessonPlayer& player) {
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImGui::SetCursorScreenPos({min.x, min.y + ImGui::GetCursorStartPos().y});
  if (player.is_open()) turn_to_page(player);
  if (ImGui::BeginChild("##moment", {0, 0}, ImGuiChildFlags_NavFlattened)) {
    const ImVec2 inside = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({inside.x + px(kMomentSide), inside.y + px(6)});
    const ScopedRowWidth width(size.x - 2 * px(kMomentSide));
    ImGui::BeginGroup();
    controls(context);
    if (player.is_open()) {
      question(context, player);
      task(context, player);
    }
    gap(12);
    ImGui::EndGroup();
  }
  ImGui::EndChild();
}

}  // namespace iem::gui
