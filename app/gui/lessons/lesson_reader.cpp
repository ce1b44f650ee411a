#include "app/gui/lessons/lesson_reader.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/context/actions.h"
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/lessons/author_menu.h"
#include "app/gui/lessons/set_words.h"
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

constexpr float kMomentSide = 16, kPageSide = 24, kLessonFoot = 92, kHeading = 20;

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

}  // namespace

std::string page_words(const LessonPlayer& player) {
  return word(text::lesson::kPage) + " " + std::to_string(player.index() + 1) + " " + word(text::kOf) + " " +
         std::to_string(player.lesson().pages.size());
}

void LessonReader::Set::fit(const std::string& to, const paint::DocumentStyle& style, paint::Canvas& canvas) {
  if (markdown == to && width == style.width_px && scale == gui::scale()) return;
  *this = {to, style.width_px, gui::scale(), paint::set_document(to, style, canvas)};
}

void LessonReader::head(PanelContext& context, LessonPlayer& player, const LessonAuthor& author) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const std::string where = player.lesson().title + ", " + page_words(player);
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
  const std::optional<LessonLink> link = lesson_link(target);
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
  set.fit(markdown, style, canvas);
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

void LessonReader::task(PanelContext& context, LessonPlayer& player) {
  if (!player.page().task) return;
  if (!context.presenting || player.page().question) wide_rule();
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
    if (player.is_open()) {
      if (const std::string formulas = displayed_formulas(player.body()); !formulas.empty()) {
        words(context, formulas_, formulas);
        gap(8);
      }
    }
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
