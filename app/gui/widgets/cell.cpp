#include "app/gui/widgets/cell.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "app/gui/look/fonts.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"

namespace iem::gui {
namespace {

constexpr float kCellMargin = 20, kTitleBaseline = 26, kPlotFrom = 36, kBelowPlot = 4;
constexpr float kPitch = 26, kLeastPitch = 17, kMostPitch = 38, kBar = 12;
constexpr double kRounding = 1e-10;
constexpr std::string_view kMinus = "\u2212";

// The prototypes with rows: all, or those that matter most, in their order.
std::vector<int> shown_rows(const std::vector<double>& r, int fit) {
  std::vector<int> rows(r.size());
  std::iota(rows.begin(), rows.end(), 0);
  if (static_cast<int>(rows.size()) <= fit) return rows;
  std::ranges::stable_sort(
      rows, [&](int a, int b) { return r[static_cast<std::size_t>(a)] > r[static_cast<std::size_t>(b)]; });
  rows.resize(static_cast<std::size_t>(std::max(1, fit - 1)));
  std::ranges::sort(rows);
  return rows;
}

struct Columns {
  float left_number, left0, left1, shape, right0, right1, right_number;
};

Columns columns_of(const Cell& cell) {
  const float number = measure_text("−0.00000", type::kSmall).width + px(3);
  const float mid = std::round(0.5F * (cell.min.x + cell.max.x));
  return {cell.min.x, cell.min.x + number, mid - px(16), mid, mid + px(16), cell.max.x - number, cell.max.x};
}

}  // namespace

float cell_height() {
  return ImGui::GetWindowHeight() - ImGui::GetCursorStartPos().y - px(kPlotFrom) - px(kBelowPlot);
}

Cell begin_cell(std::string_view title, std::string_view symbol, std::string_view value, bool muted) {
  const ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 max(min.x + ImGui::GetWindowWidth(), min.y + ImGui::GetWindowHeight());
  const ImVec2 inside = ImGui::GetCursorStartPos();
  const float top = min.y + inside.y;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = top + px(kTitleBaseline);
  float x = min.x + px(kCellMargin);
  x += draw_text(list, title, {x, y}, colour(theme().ink), type::kBody, Face::bold);
  if (!symbol.empty()) x += px(10) + draw_formula(list, symbol, {x + px(10), y}, 15, colour(theme().muted));
  draw_text_right(list, value, {max.x - px(kCellMargin), y}, colour(muted ? theme().muted : theme().ink),
                  type::kSmall);
  return {{min.x + px(kCellMargin), top + px(kPlotFrom)},
          {max.x - px(kCellMargin), max.y - px(kBelowPlot)},
          {x, y}};
}

void draw_mirrored_bars(const std::vector<double>& r, const Cell& cell) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Columns c = columns_of(cell);
  const float head = cell.min.y + px(19), first = head + px(12);
  const float room = cell.max.y - px(2) - first;
  const int fit = std::max(1, static_cast<int>(room / px(kLeastPitch)));
  const std::vector<int> rows = shown_rows(r, fit);
  const bool cut = rows.size() < r.size();
  const float lines = static_cast<float>(rows.size() + (cut ? 1 : 0));
  const float pitch =
      std::clamp(std::floor(room / lines), px(kLeastPitch), px(rows.size() <= 3 ? kMostPitch : kPitch));
  const float half = 0.5F * std::min(px(kBar), std::round(0.7F * pitch));
  const FormulaSize left_head = measure_formula("\\partial L/\\partial d_j", 15);
  draw_formula(list, "\\partial L/\\partial d_j", {c.left1 - left_head.width, head}, 15,
               colour(theme().muted));
  draw_formula(list, "r_j", {c.right0, head}, 15, colour(theme().muted));
  float y = std::round(first + 0.5F * pitch);
  for (const int j : rows) {
    const double share = r[static_cast<std::size_t>(j)];
    const ImU32 fill = colour(paint::mark_colour(theme(), j));
    draw_bar(list, {c.left0, y - half}, {c.left1, y + half}, share, fill, true);
    draw_bar(list, {c.right0, y - half}, {c.right1, y + half}, share, fill);
    draw_prototype(list, j, {c.shape, y}, 4.5F * scale());
    const float baseline = y + std::round(0.5F * cap_height(type::kSmall));
    const std::string number = fitted_number(-share, c.left0 - c.left_number, type::kSmall);
    draw_text(list, number, {c.left_number, baseline}, colour(theme().ink), type::kSmall);
    draw_text_right(list, share > 0 ? number.substr(kMinus.size()) : number, {c.right_number, baseline},
                    colour(theme().ink), type::kSmall);
    y += pitch;
  }
  if (!cut) return;
  double others = 0;  // not 1 minus the rest, which would be rounding where the rest is nearly all
  for (std::size_t j = 0; j < r.size(); ++j)
    if (std::ranges::find(rows, static_cast<int>(j)) == rows.end()) others += r[j];
  const std::string rest = std::to_string(r.size() - rows.size()) + " " + std::string(text::kMoreTogether) +
                           " " + shown_number(others);
  draw_text_right(list, rest, {c.right_number, y + std::round(0.5F * cap_height(type::kSmall))},
                  colour(theme().muted), type::kSmall);
}

void tooltip_here(std::string_view words) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(10), px(8)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(6));
  if (ImGui::BeginTooltip()) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy(measure_paragraph(words, 0));
    draw_paragraph(ImGui::GetWindowDrawList(), words, at, colour(theme().ink), 0);
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar(2);
}

bool identity_holds(const IdentitySample& sample) { return sample.largest_difference <= kRounding; }

}  // namespace iem::gui
