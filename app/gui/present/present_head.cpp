// The bars of a presenter's window: the head with the page's title, its question or answer in one sentence
// and where it is, and the line of steps at the bottom.
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/context/look_for.h"
#include "app/gui/controls/transport_bar.h"
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/fonts.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/present_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/present/presenter.h"
#include "app/gui/widgets/cover.h"
#include "app/gui/widgets/page_dots.h"
#include "app/gui/widgets/widgets.h"
#include "app/paint/document/document.h"
#include "core/base/number.h"
#include "core/lesson/text_parts.h"

namespace iem::gui {
namespace {

constexpr float kHeadSide = 20, kHeadTitle = 17.5F, kGap = 14;
constexpr float kDotsShare = 0.3F;  // of the head, that dots may take

// The first sentence of a text: up to the first end of one outside of formulas and code.
std::string first_sentence(std::string_view markdown) {
  for (const TextPart& part : parts_of_text(markdown)) {
    if (part.kind != TextPart::Kind::words) continue;
    std::size_t end = part.text.size();
    for (const char* stop : {". ", "? ", ".\n", "?\n", "\n\n"}) end = std::min(end, part.text.find(stop));
    if (end < part.text.size()) return std::string(markdown.substr(0, part.offset + end + 1));
  }
  return std::string(markdown);
}

// One line, or two smaller ones where it is longer; where the smallest are not enough it ends with an
// ellipsis.
void draw_sentence(const std::string& markdown, ImVec2 min, ImVec2 max) {
  if (markdown.empty() || max.x - min.x < px(60)) return;
  struct Size {
    double text_px, line_px;
    std::size_t lines;
  };
  constexpr Size kSizes[] = {{14, 20, 1}, {12, 16, 2}, {11, 15, 2}, {10, 14, 2}};
  ImGuiCanvas canvas(ImGui::GetWindowDrawList(), {min.x, 0});
  paint::DocumentStyle style;
  style.ink = style.muted = style.accent = {theme().muted, 1};
  style.width_px = (max.x - min.x) / scale();
  paint::Document set;
  for (const Size& size : kSizes) {
    style.text_px = size.text_px, style.line_px = size.line_px;
    set = paint::set_document(markdown, style, canvas);
    if (paint::count_lines(set) <= size.lines) break;
  }
  set = paint::first_lines(std::move(set), 2, style, canvas);
  const double top = 0.5 * (min.y + max.y) / scale() - 0.5 * set.height;
  ImGui::PushClipRect(min, max, true);
  paint::paint_document(set, style, {0, top}, canvas);
  ImGui::PopClipRect();
}

std::string sentence_of(PanelContext& context, const LessonPlayer& lessons) {
  if (Presenter::has_moment(context, lessons)) return {};  // it stands there
  if (!lessons.is_open()) return first_sentence(context.look_for->of_window(context));
  if (lessons.asks()) return lessons.ask();
  return lessons.revealed() ? first_sentence(lessons.reveal_words()) : std::string();
}

// Words before `right` on the head's line; returns their left edge.
float draw_before(float right, float baseline, std::string_view words, float size) {
  const float width = measure_text(words, size).width;
  draw_text(ImGui::GetWindowDrawList(), words, {right - width, baseline}, colour(theme().muted), size);
  return right - width - px(kGap);
}

// Step, J and the blend of gradient descent with EM, where the moment shows the steps.
float draw_numbers(const PanelContext& context, float right, float baseline) {
  const Snapshot& s = context.snapshot();
  const Reduced& reduced = context.reduced();
  if (!reduced.shows_panel("step") || reduced.covers_panel("step")) return right;
  if (s.evaluation.has_loss) {
    const std::vector<MathPiece> pieces = loss_equation(s.evaluation.loss);
    const float end = right;
    right -= measure_math(pieces, type::kBody);
    if (reduced.covers_part("loss_value"))
      draw_cover({right, baseline - px(17)}, {end, baseline + px(7)});
    else
      draw_math(ImGui::GetWindowDrawList(), pieces, {right, baseline}, type::kBody, colour(theme().ink));
    right -= px(kGap);
  }
  const Config& config = s.config();
  const char* blend = "optimizer.blend";
  if (config.table().find(blend) != nullptr && !reduced.covers_key(blend) &&
      config.unavailable_reason(blend).empty())
    right = draw_before(right, baseline, "λ = " + format_fixed(config.real(blend), 2), type::kBody);
  return draw_before(right, baseline, word(text::kStep) + " " + format_whole(s.state.step), type::kBody);
}

}  // namespace

bool Presenter::has_moment(const PanelContext& context, const LessonPlayer& lessons) {
  if (!context.reduced().keys().empty()) return true;
  if (!lessons.is_open()) return false;
  const LessonPage& page = lessons.page();
  const bool asks_in_words = page.question && (page.question->kind == Question::Kind::choice ||
                                               page.question->kind == Question::Kind::number);
  return asks_in_words || page.task.has_value();
}

bool Presenter::has_formulas(const LessonPlayer& lessons) {
  return lessons.is_open() && !displayed_formulas(lessons.body()).empty();
}

void Presenter::draw_head(PanelContext& context, const LessonPlayer& lessons) const {
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_rule_h(list, min.x, min.x + size.x, min.y + size.y - hairline_px());
  const float mid = min.y + std::round(0.5F * size.y);
  float right = min.x + size.x - px(kHeadSide);
  const float baseline = mid + std::round(0.5F * cap_height(type::kBody));
  if (lessons.is_open()) {
    const std::size_t pages = lessons.lesson().pages.size();
    right =
        draw_before(right, baseline,
                    std::to_string(lessons.index() + 1) + " " + word(text::kOf) + " " + std::to_string(pages),
                    type::kBody);
    const float dots = std::min(page_dots_width(pages), kDotsShare * size.x);
    if (draw_page_dots(list, lessons.index(), pages, right - dots, right, mid)) right -= dots + px(kGap);
  }
  right = draw_numbers(context, right, baseline);
  const std::string title =
      lessons.is_open() ? lessons.page().heading : context.snapshot().setup->scene.title;
  const float x = min.x + px(kHeadSide);
  const float cut = draw_text_cut(list, title, {x, mid + std::round(0.5F * cap_height(kHeadTitle))},
                                  colour(theme().ink), right - x, kHeadTitle, Face::bold);
  draw_sentence(sentence_of(context, lessons), {x + cut + px(kGap), min.y}, {right, min.y + size.y});
}

// Past steps in accent, known ones pale; pressed anywhere the run goes there.
void Presenter::draw_line(PanelContext& context) {
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const ImVec2 max(min.x + size.x, min.y + size.y);
  const Snapshot& s = context.snapshot();
  const auto steps = static_cast<double>(shown_steps(s));
  ImGui::SetCursorScreenPos(min);
  ImGui::InvisibleButton("##line", size);
  seek_.follow(context, min.x, max.x);
  if (ImGui::IsItemHovered() && !ImGui::IsItemActive()) tooltip(text::present::kLineHelp);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto to = [&](std::int64_t step) {
    return min.x + size.x * static_cast<float>(std::clamp(static_cast<double>(step) / steps, 0.0, 1.0));
  };
  list->AddRectFilled(min, max, colour(theme().sunken));
  list->AddRectFilled(min, {to(s.last_step()), max.y}, colour(theme().faint));
  list->AddRectFilled(min, {to(s.state.step), max.y}, colour(theme().accent));
}

}  // namespace iem::gui
