#include "app/gui/controls/inspector.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "app/gui/context/actions.h"
#include "app/gui/context/explain.h"
#include "app/gui/look/fonts.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/band.h"
#include "app/gui/widgets/cell.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/base/words.h"
#include "core/run/divergence.h"
#include "imgui_internal.h"

namespace iem::gui {
namespace {

using Kind = ElementId::Kind;

constexpr float kInspectorMargin = 20, kTableRow = 22, kFormulaLine = 27, kFormulaSize = 15;
constexpr float kColumnsApart = 6;  // of the columns of a table, at least
constexpr int kFewestInTable = 2;

// Row `row` of a matrix, or a vector, its columns under each other.
void draw_numbers(const Inspection::Quantity& quantity, int row, ImVec2 right) {
  for (int c = quantity.columns - 1; c >= 0; --c) {
    const double value = quantity.values[static_cast<std::size_t>(row * quantity.columns + c)];
    draw_text_right(ImGui::GetWindowDrawList(), shown_number(value), right, colour(theme().ink),
                    type::kSmall);
    right.x -= px(62);
  }
}

float widest_in(const Inspection::Column& column, const TableType& as) {
  float widest = measure_formula(column.symbol, kFormulaSize).width;
  for (const double value : column.values)
    widest = std::max(widest, measure_text(shown_number(value, as.digits), as.size).width);
  return widest;
}

}  // namespace

TableType type_of_table(const std::vector<Inspection::Column>& table, float first, float width) {
  const auto count = static_cast<float>(table.size());
  const float room = width - first, each = room / count;
  TableType out;
  for (out.digits = kShownDigits; out.digits >= kFewestInTable; --out.digits)
    for (const float size : {type::kSmall, type::kTick}) {
      out.size = size;
      std::vector<float> widths;
      for (const Inspection::Column& column : table)
        widths.push_back(widest_in(column, out) + px(kColumnsApart));
      const float all = std::accumulate(widths.begin(), widths.end(), 0.0F);
      if (all > room) continue;
      const bool alike = std::ranges::all_of(widths, [&](float each_wide) { return each_wide <= each; });
      float right = first;
      for (const float wide : widths)
        out.rights.push_back(right += alike ? each : wide + (room - all) / count);
      return out;
    }
  out.digits = kFewestInTable;
  for (float c = 1; c <= count; ++c) out.rights.push_back(first + each * c);
  return out;
}

// The subject of the inspector: the element under the pointer, else the pinned prototype, else the pinned
// point.
ElementId Inspector::subject(PanelContext& context) const {
  const ViewState& view = context.view();
  for (const Kind kind : {Kind::point, Kind::prototype, Kind::query, Kind::score})
    if (view.hovered.kind == kind) return view.hovered;
  if (view.pinned.kind == Kind::prototype) return view.pinned;
  const int point = view.shown_point(context.snapshot());
  return point >= 0 ? ElementId{Kind::point, point} : ElementId{};
}

void Inspector::draw_head(const PanelContext& context, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = at.y + px(26);
  float x = at.x;
  if (of_.kind == Kind::prototype) {
    draw_prototype(list, of_.index, {x + px(6), y - px(5)}, 6 * scale());
    x += px(20);
  }
  const std::string_view title = shown_.title.empty() ? text::kInspector : std::string_view(shown_.title);
  x += draw_text(list, title, {x, y}, colour(theme().ink), type::kBody, Face::bold);
  draw_text_cut(list, shown_.state, {x + px(10), y}, colour(theme().muted), at.x + width - px(32) - x,
                type::kSmall);
  ImGui::SetCursorScreenPos({at.x + width - px(24), at.y + px(8)});
  if (icon_button({.id = "##close.inspector",
                   .help = text::kCloseInspector,
                   .shortcut = context.actions->keys("view.inspector")},
                  icon::kClose, 12, 26))
    open_ = false;
  ImGui::SetCursorScreenPos({at.x, at.y + px(40)});
}

// One row a prototype, one column a quantity; the one whose formulas stand below is marked.
void Inspector::draw_table(PanelContext& context, float width) const {
  if (shown_.table.empty()) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImVec2 at = ImGui::GetCursorScreenPos();
  const TableType as = type_of_table(shown_.table, px(18), width);
  float left = at.x + px(18);
  for (std::size_t c = 0; c < shown_.table.size(); ++c) {
    const FormulaSize size = measure_formula(shown_.table[c].symbol, kFormulaSize);
    const float right = at.x + as.rights[c];
    draw_formula(list, shown_.table[c].symbol, {right - size.width, at.y + px(16)}, kFormulaSize,
                 colour(theme().muted));
    ImGui::SetCursorScreenPos({left, at.y});
    ImGui::InvisibleButton(("##column" + std::to_string(c)).c_str(), {right - left, px(26)});
    explain_formula(context, shown_.table[c].symbol, shown_.table[c].help);
    left = right;
  }
  at.y += px(30);
  const std::size_t rows = shown_.table[0].values.size();
  for (std::size_t j = 0; j < rows; ++j) {
    const float y = at.y + px(15);
    if (static_cast<int>(j) == shown_.component)
      list->AddRectFilled({at.x - px(6), at.y}, {at.x + width + px(6), at.y + px(kTableRow)},
                          colour(theme().ink, 0.05), px(5));
    draw_prototype(list, static_cast<int>(j), {at.x + px(5), y - px(4)}, 4.5F * scale());
    for (std::size_t c = 0; c < shown_.table.size(); ++c)
      draw_text_right(list, shown_number(shown_.table[c].values[j], as.digits), {at.x + as.rights[c], y},
                      colour(theme().ink), as.size);
    at.y += px(kTableRow);
  }
  ImGui::SetCursorScreenPos({at.x, at.y + px(12)});
}

void Inspector::draw_formulas(PanelContext& context, float width) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImVec2 at = ImGui::GetCursorScreenPos();
  const Rgb ink = shown_.component >= 0 ? paint::line_colour(theme(), shown_.component) : theme().ink;
  for (const auto& line : shown_.formulas) {
    const std::vector<MathPiece> pieces = math_pieces(line);
    float size = kFormulaSize;
    while (size > type::kTick && measure_math(pieces, size) > width) size -= 0.5F;
    const float wide = draw_math(list, pieces, {at.x, at.y + px(18)}, size, colour(ink));
    explain_at(context, formula_tex(line), at, {at.x + wide, at.y + px(kFormulaLine)});
    at.y += px(kFormulaLine);
  }
  ImGui::SetCursorScreenPos({at.x, at.y + px(4)});
}

void Inspector::draw_quantities(PanelContext& context, float width) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImVec2 at = ImGui::GetCursorScreenPos();
  for (const Inspection::Quantity& quantity : shown_.quantities) {
    const float y = at.y + px(17);
    const float label = draw_text(list, quantity.label, {at.x, y}, colour(theme().ink), type::kBody);
    draw_formula(list, quantity.symbol, {at.x + label + px(8), y}, type::kBody, colour(theme().muted));
    explain_at(context, quantity.symbol, at, {at.x + width * 0.5F, at.y + px(26)});
    const int rows = static_cast<int>(quantity.values.size()) / std::max(1, quantity.columns);
    for (int r = 0; r < rows; ++r)
      draw_numbers(quantity, r, {at.x + width, y + static_cast<float>(r) * px(18)});
    at.y += px(26) + static_cast<float>(std::max(0, rows - 1)) * px(18);
  }
  ImGui::SetCursorScreenPos({at.x, at.y + px(8)});
}

void Inspector::draw(PanelContext& context, ImVec2 min, ImVec2 max) {
  if (!open_) return;
  const ElementId now = subject(context);
  const ElementId& hovered = context.view().hovered;
  const bool of_key = hovered.kind == Kind::key || hovered.kind == Kind::value || hovered.kind == Kind::token;
  const int component = of_key                                          ? hovered.index
                        : context.view().pinned.kind == Kind::prototype ? context.view().pinned.index
                                                                        : -1;
  if (!(now == of_) || serial_ != context.snapshot().serial || component != component_) {
    if (now.kind != Kind::none) shown_ = context.lab().inspect(context.snapshot(), now, component);
    of_ = now, serial_ = context.snapshot().serial, component_ = component;
  }
  if (now.kind == Kind::none)
    shown_ = context.lab().inspect_probe(context.snapshot(), context.view().view(), component);
  if (!begin_band("##inspector", {min, max}, false)) return end_band();
  if (ImGui::IsWindowAppearing()) ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  ImGui::GetWindowDrawList()->AddRectFilled(min, max, colour(theme().paper));  // over the plots
  draw_rule_v(ImGui::GetWindowDrawList(), min.x, min.y, max.y);
  ImGui::SetCursorScreenPos({min.x, min.y});
  const float width = max.x - min.x - px(2 * kInspectorMargin);
  ImGui::BeginChild("##inspected", {max.x - min.x, max.y - min.y}, ImGuiChildFlags_NavFlattened);
  ImGui::SetCursorScreenPos(
      {ImGui::GetWindowPos().x + px(kInspectorMargin), ImGui::GetWindowPos().y - ImGui::GetScrollY()});
  ImGui::BeginGroup();
  draw_head(context, width);
  const ScopedRowWidth row(width);
  if (shown_.title.empty()) note(text::kInspectHint);
  // A note on the reason where numbers are not finite.
  if (is_broken(context.snapshot()) && !context.snapshot().diagnoses.empty())
    note(capitalised(context.snapshot().diagnoses.front().text));
  draw_table(context, width);
  draw_quantities(context, width);
  if (const FigureType* bars = context.lab().figure_for(FigureUse::point);
      now.kind == Kind::point && bars != nullptr && !context.responsibilities().empty()) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float high =
        px(60) + px(26) * static_cast<float>(std::min<std::size_t>(context.responsibilities().size(), 8));
    figures_.draw(context, bars->id, at, {at.x + width, at.y + high}, {.names = false});
    ImGui::SetCursorScreenPos({at.x, at.y + high + px(10)});
  }
  draw_formulas(context, width);
  if (!shown_.remark.empty()) note(shown_.remark);
  const FigureType* below = context.lab().figure_for(FigureUse::prototype);
  if (now.kind == Kind::prototype && shown_.remark.empty() && below != nullptr) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    figures_.draw(context, below->id, {at.x, at.y + px(4)}, {at.x + width, at.y + px(150)},
                  {.names = false});  // those of the stage beside it
    ImGui::SetCursorScreenPos({at.x, at.y + px(156)});
    note(text::kTwoArrows);
  }
  ImGui::Dummy({0, 0});
  ImGui::EndGroup();
  ImGui::EndChild();
  end_band();
}

}  // namespace iem::gui
