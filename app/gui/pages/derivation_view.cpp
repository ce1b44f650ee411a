#include "app/gui/pages/derivation_view.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/gui/context/actions.h"
#include "app/gui/context/explain.h"
#include "app/gui/context/look_for.h"
#include "app/gui/context/stage_hand.h"
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/fonts.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/plots/lit_marks.h"
#include "app/gui/stage/key_hand.h"
#include "app/gui/widgets/cover.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/figure/ticks.h"

namespace iem::gui {
namespace {

// Style pixels: tick numbers on the left, words on the right, z and its numbers below.
constexpr float kNumberColumn = 52, kWords = 356, kUnderRow = 32, kAbove = 9, kFoot = 11, kIndex = 18;
constexpr float kLeastWidth = 620;   // below this width there are no words
constexpr float kLeastHeight = 320;  // nor below this height: rows would be lower than their words
constexpr float kWordsHeight = 97;   // of a step's title, formula and numbers

bool has_words(ImVec2 min, ImVec2 max) {
  return max.x - min.x >= px(kLeastWidth) && max.y - min.y >= px(kLeastHeight);
}

ImU32 ink_of(int hypothesis) {
  return hypothesis < 0 ? colour(theme().ink) : colour(paint::line_colour(theme(), hypothesis));
}

Follows follows(const Mark& mark) {
  if (const auto* line = std::get_if<Line>(&mark)) return line->follows;
  if (const auto* marker = std::get_if<Marker>(&mark)) return marker->follows;
  return Follows::nothing;
}

std::vector<MathPiece> math_pieces_of(const DerivationPiece& piece) {
  using From = DerivationPiece::Kind;
  if (piece.kind != From::number)
    return {{piece.tex, piece.kind == From::relation ? MathPiece::Kind::relation : MathPiece::Kind::formula}};
  std::vector<MathPiece> out;
  add_number(out, piece.shown);
  return out;
}

// One line of numbers; returns where it ends.
float draw_numbers(ImDrawList* list, const std::vector<DerivationPiece>& numbers, ImVec2 at, float size) {
  float x = at.x;
  for (const DerivationPiece& piece : numbers) {
    if (piece.gap) x += 1.1F * size * scale();
    x += draw_math(list, math_pieces_of(piece), {x, at.y}, size, ink_of(piece.hypothesis));
  }
  return x;
}

std::string probe_words(PanelContext& context) {
  return "z = " + format_fixed(context.view().config.real("view.at"), 2);
}

std::string caption_of(PanelContext& context) {
  return context.lab().derivation()->caption(context.snapshot(), context.view().view());
}

// The id of a plot that is guessed; empty: none is.
std::string guessed(PanelContext& context) {
  for (const FigureType& type : context.lab().figures())
    if (type.use == FigureUse::plot && context.stage_hand->takes(context, type.id)) return type.id;
  return {};
}

// The last row that is seen.
std::size_t last_of(std::span<const bool> seen) {
  std::size_t last = seen.size() - 1;
  while (last > 0 && !seen[last]) --last;
  return last;
}

float numbers_width(const std::vector<DerivationPiece>& numbers, float size) {
  float width = 0;
  for (const DerivationPiece& piece : numbers) {
    if (piece.gap) width += 1.1F * size * scale();
    width += measure_math(math_pieces_of(piece), size);
  }
  return width;
}

}  // namespace

// A figure that is guessed hides every row, since each leads to the next, but those that the page names.
std::array<bool, DerivationView::kRows> DerivationView::seen_rows(PanelContext& context) {
  std::array<bool, kRows> seen{};
  const bool guesses = !guessed(context).empty();
  const std::vector<std::string> named = guesses ? context.reduced().figures() : std::vector<std::string>();
  const std::vector<std::string>& rows = context.lab().derivation()->rows;
  for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i)
    seen[i] = !guesses || (std::ranges::find(named, rows[i]) != named.end() &&
                           !context.stage_hand->takes(context, rows[i]));
  return seen;
}

// In place of rows that are not seen: what is guessed, or a cover. Those that follow one another have one.
void DerivationView::covers(PanelContext& context, const Rows& rows, float left, float right,
                            float bottom) const {
  const std::vector<std::string>& ids = context.lab().derivation()->rows;
  for (std::size_t i = 0; i < kRows;) {
    if (rows.seen[i]) {
      ++i;
      continue;
    }
    std::string taken;
    const std::size_t first = i;
    for (; i < kRows && !rows.seen[i]; ++i)
      if (context.stage_hand->takes(context, ids[i]) &&
          (taken.empty() || context.reduced().covers_figure(ids[i])))
        taken = ids[i];
    // The axis of the last row that is seen has its numbers below it.
    const bool under_axis = first > 0 && first - 1 == last_of(rows.seen);
    const ImVec2 from(left, rows.y[first] + px(under_axis ? kUnderRow : kAbove)),
        to(right, i == kRows ? bottom : rows.y[i] - px(kAbove));
    taken.empty() ? draw_cover(from, to) : context.stage_hand->draw_in_place(context, taken, from, to);
    ImGui::SetCursorScreenPos(from);
    ImGui::Dummy({to.x - from.x, to.y - from.y});
  }
}

DerivationView::Rows DerivationView::place(const Figure& figure, ImVec2 min, ImVec2 max, float below) const {
  Rows rows;
  const bool with_words = has_words(min, max);
  rows.left = min.x + px(kNumberColumn);
  rows.right = with_words ? max.x - px(kWords) - px(4) : max.x - px(20);
  double total = 0;
  for (const Panel& panel : figure.panels) total += panel.height;
  const float height = max.y - min.y - below;
  double passed = 0;
  for (std::size_t i = 0; i < kRows; ++i) {
    rows.y[i] = min.y + std::round(height * static_cast<float>(passed / total));
    passed += figure.panels[i].height;
  }
  rows.y[kRows] = min.y + height;
  return rows;
}

void DerivationView::row(PanelContext& context, const Panel& panel, std::size_t index, const Rows& rows) {
  Panel bare = panel;
  bare.x.ticks = index == last_of(rows.seen);
  bare.x.max_ticks = 9;
  bare.x.label.clear();
  // The probe is drawn as one line through all rows; marks that follow it are painted apart, so that words do
  // not move.
  Panel here;
  here.x = bare.x, here.y = bare.y;
  std::erase_if(bare.marks, [&](const Mark& mark) {
    if (follows(mark) == Follows::probe) here.marks.push_back(mark);
    return follows(mark) != Follows::nothing;
  });
  PlotOptions options;
  options.names = false;
  options.paint = screen_options(*context.fields);
  options.paint.place_labels = true;  // curves cross here, and names would be struck through
  options.paint.hovered = index == 0 ? context.view().hovered : ElementId{};
  options.paint.taken_from = rows.name_left / scale(), options.paint.taken_to = rows.name_right / scale();
  const Figure& figure = context.figure(context.lab().derivation()->figure);
  if (const float x = probe_x(context, figure, rows); x >= 0) options.paint.line_x = x / scale();
  const ImVec2 min(rows.left, rows.y[index] + px(kAbove)), max(rows.right, rows.y[index + 1] - px(kFoot));
  const bool painting = index == 0 && context.view().painting;
  options.painted = painting;
  PlotArea area(("##row" + std::to_string(index)).c_str(), bare, min, max, options);
  shown_[index] = area.to_px();
  if (!area.visible()) return;
  draw_rule_v(area.list(), rows.left, min.y, max.y);
  area.paint(bare, options);
  light_marks(context, context.lab().derivation()->figure, bare, area, options);
  ImGuiCanvas canvas(area.list());
  paint::paint_shapes(here, area.to_px(), theme(), canvas, options.paint);
  if (painting)
    brush_.update(context, area.to_px(), area.mouse(), area.hovered());
  else
    hand(context, panel, area, index);
  // One z for all: what is zoomed in one row is zoomed in every one.
  if (area.moved() && !held_.holds())
    context.set("view.z", Tensor{{2}, {area.moved()->x0, area.moved()->x1}});
  if (area.fit_asked() && context.view().hovered.kind == ElementId::Kind::none)
    context.actions->run("view.fit");
}

// The pointer moves the probe; on the first plot it can drag a hypothesis.
void DerivationView::hand(PanelContext& context, const Panel& panel, const PlotArea& area,
                          std::size_t index) {
  if (index == 0) context.key_hand->update(context, panel, area.to_px(), area.list());
  if (context.key_hand->chooses()) return;
  const double z = area.to_px().x_at(area.mouse().x);
  const bool held = held_.holds();
  if (!held && !area.hovered()) {
    if (index == 0 && context.view().hovered.kind != ElementId::Kind::none)
      context.view().hovered = {}, context.view().touch();
    return;
  }
  if (!held) {
    const ElementId under = index == 0 ? paint::element_at(panel, area.to_px(), area.mouse()) : ElementId{};
    if (index == 0 && !(under == context.view().hovered)) {
      context.view().hovered = under;
      context.view().touch();
    }
    if (under.kind == ElementId::Kind::prototype) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
          held_.take(context, under, panel, area.to_px(), area.mouse()))
        dragged_ = false;
    }
    const bool still =
        ImGui::IsMouseDown(ImGuiMouseButton_Right) || ImGui::IsMouseDown(ImGuiMouseButton_Middle);
    if (!still && z != context.view().config.real("view.at")) context.set("view.at", z);
    return;
  }
  if (index != 0) return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  dragged_ = dragged_ || ImGui::IsMouseDragging(ImGuiMouseButton_Left, px(3));
  if (dragged_) held_.move(context, area.to_px(), area.mouse());
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) return;
  if (!dragged_) {  // a click without a drag pins it, so that the inspector keeps its numbers
    context.view().pinned = context.view().pinned == held_.element() ? ElementId{} : held_.element();
    context.view().touch();
  }
  held_.release();
}

void DerivationView::words(PanelContext& context, const Rows& rows, float x, float right) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const std::vector<DerivationStep> steps =
      context.lab().derivation()->steps(context.snapshot(), context.view().view());
  const float begin = x + px(kIndex), room = right - begin;
  // In rows lower than their words these stand closer and then become smaller: no step reaches into the next.
  float lowest = rows.y[1] - rows.y[0];
  for (std::size_t i = 1; i < kRows; ++i) lowest = std::min(lowest, rows.y[i + 1] - rows.y[i]);
  const float k = std::clamp((lowest - px(4)) / px(kWordsHeight), 0.55F, 1.0F);
  const float f = std::min(1.0F, 1.28F * k);
  const auto baseline = [&](std::size_t i, float style) {
    return std::min(rows.y[i] + k * px(style), rows.y[i + 1] - k * px(91 - style) - k * px(10));
  };
  for (std::size_t i = 0; i < std::min(steps.size(), kRows); ++i) {
    if (!rows.seen[i]) continue;
    draw_text(list, std::to_string(i + 1), {x, baseline(i, 27)}, colour(theme().muted), f * type::kSmall,
              Face::bold);
    draw_text(list, steps[i].title, {begin, baseline(i, 27)}, colour(theme().ink), f * type::kSmall,
              Face::bold);
    float size = 15 * f;
    while (size > f * type::kTick && measure_formula(steps[i].formula, size).width > room) size -= 0.5F;
    const float y = baseline(i, 58);
    const float wide = draw_formula(list, steps[i].formula, {begin, y}, size, colour(theme().ink));
    explain_at(context, steps[i].formula, {begin, y - px(16)}, {begin + wide, y + px(10)});
    size = 15 * f;
    while (size > f * type::kTick && numbers_width(steps[i].numbers, size) > room) size -= 0.5F;
    draw_numbers(list, steps[i].numbers, {begin, baseline(i, 91)}, size);
  }
  if (!std::ranges::count(rows.seen, false))  // else they would tell
    remarks(context, {begin, baseline(4, 91) + px(8)}, room, rows.y[5] + px(kUnderRow) - px(6));
  const std::string at = std::string(text::kAt) + " " + probe_words(context);
  draw_text_right(list, at, {right, std::min(rows.y[0] + px(91), rows.y[1] - px(10))}, colour(theme().accent),
                  type::kSmall);
}

// Remarks under the last step, as far as there is room: how the curve behaves far out, and the lesson of the
// scene.
void DerivationView::remarks(PanelContext& context, ImVec2 at, float width, float bottom) const {
  const ScopedRowWidth room(width);
  for (const std::string& words : context.lab().derivation()->remarks(
           context.snapshot(), context.view().view(), context.look_for->of_window(context))) {
    const float height = note_height(words);
    if (at.y + height > bottom) continue;
    caption(words, at, width);
    at.y += height + px(6);
  }
}

void DerivationView::caption(const std::string& words, ImVec2 at, float width) const {
  if (words.empty()) return;
  ImGui::SetCursorScreenPos(at);
  const ScopedRowWidth room(width);
  note(words);
}

// Where the axis of the last row that is seen has its numbers.
float DerivationView::foot(const Rows& rows) { return rows.y[last_of(rows.seen) + 1] - px(kFoot) + px(4); }

// One line through all rows, under what they show.
void DerivationView::probe_line(PanelContext& context, const Figure& figure, const Rows& rows) const {
  const float x = probe_x(context, figure, rows);
  if (x < 0) return;
  ImGui::GetWindowDrawList()->AddRectFilled({x, rows.y[0] + px(kAbove)}, {x + hairline_px(), foot(rows)},
                                            colour(theme().accent));
}

float DerivationView::probe_x(PanelContext& context, const Figure& figure, const Rows& rows) const {
  const Axis& axis = figure.panels[0].x;
  const double share = (context.view().config.real("view.at") - axis.lo) / (axis.hi - axis.lo);
  return share >= 0 && share <= 1
             ? std::round(rows.left + static_cast<float>(share) * (rows.right - rows.left))
             : -1;
}

// Its z, on the axis.
void DerivationView::probe_name(PanelContext& context, const Rows& rows) const {
  if (rows.name_left == rows.name_right) return;
  const float top = foot(rows);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled({rows.name_left, top}, {rows.name_right, top + px(20)}, colour(theme().accent), px(8));
  draw_text(list, probe_words(context), {rows.name_left + px(10), top + px(14)}, colour(theme().on_accent),
            type::kTick, Face::bold);
}

// Where its z will stand: no tick number is written under it.
void DerivationView::place_name(PanelContext& context, const Figure& figure, Rows& rows) const {
  const float x = probe_x(context, figure, rows);
  if (x < 0) return;
  const float width = measure_text(probe_words(context), type::kTick, Face::bold).width + px(20);
  rows.name_left = std::clamp(x - 0.5F * width, rows.left, rows.right - width);
  rows.name_right = rows.name_left + width;
}

// Beside the title of the first step, where points lie.
void DerivationView::tools(PanelContext& context, const Rows& rows, float right) const {
  ImGui::SetCursorScreenPos({right - px(52), rows.y[0] + px(9)});
  if (icon_button({.id = "##inspect",
                   .help = text::kInspectPlaceHelp,
                   .shortcut = context.actions->keys("view.inspector")},
                  icon::kInspect, 12, 26))
    context.actions->run("view.inspector");
  if (context.view().painting) return;
  const std::string reason = context.actions->disabled("data.paint");
  ImGui::SetCursorScreenPos({right - px(24), rows.y[0] + px(9)});
  if (icon_button({.id = "##paint",
                   .help = text::action::kPaint,
                   .shortcut = context.actions->keys("data.paint"),
                   .disabled = reason},
                  icon::kBrush, 12, 26))
    context.actions->run("data.paint");
}

void DerivationView::draw(PanelContext& context) {
  ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 max(min.x + ImGui::GetWindowWidth(), min.y + ImGui::GetWindowHeight());
  min.y += ImGui::GetCursorStartPos().y;  // below its tab, where it has one
  if (context.view().painting) {
    if (brush_.header(context, min.x + px(20), max.x - px(12), min.y, false))
      context.actions->run("data.paint");
    min.y += px(44);
  }
  const Figure& figure = context.figure(context.lab().derivation()->figure);
  const std::array<bool, kRows> seen = seen_rows(context);
  const bool all_seen = !std::ranges::count(seen, false);
  if (!std::ranges::count(seen, true))
    return context.stage_hand->draw_in_place(context, guessed(context), {min.x + px(20), min.y + px(20)},
                                             {max.x - px(20), max.y - px(20)});
  if (figure.panels.size() != kRows || max.x - min.x < px(200) || max.y - min.y < px(260)) return;
  const bool with_words = has_words(min, max);
  // Without a column for words the caption stands below.
  const std::string remark = with_words || !all_seen ? std::string() : caption_of(context);
  const float side = px(20), wide = max.x - min.x - 2 * side;
  const float lines =
      remark.empty() ? 0 : std::ceil(measure_text(remark, type::kSmall).width / (0.92F * wide));
  const float under = lines * px(18) + (lines > 0 ? px(6) : 0);
  Rows rows = place(figure, min, max, px(kUnderRow) + under);
  rows.seen = seen;
  place_name(context, figure, rows);
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (std::size_t i = 1; i < kRows; ++i)  // but for where the axis has its numbers
    if (i != last_of(seen) + 1) draw_rule_h(list, min.x + px(20), max.x - px(20), rows.y[i]);
  probe_line(context, figure, rows);
  for (std::size_t i = 0; i < kRows; ++i)
    if (seen[i]) row(context, figure.panels[i], i, rows);
  probe_name(context, rows);
  caption(remark, {min.x + side, max.y - under}, wide);
  if (with_words && all_seen) tools(context, rows, max.x - px(20));
  if (with_words) words(context, rows, rows.right + px(20), max.x - px(24));
  covers(context, rows, min.x + side, max.x - side, max.y - side);
}

}  // namespace iem::gui
