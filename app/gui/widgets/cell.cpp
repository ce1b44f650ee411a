#include "app/gui/widgets/cell.h"

#include <cmath>
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

constexpr float kTitleBaseline = 26, kPlotFrom = 36, kBelowPlot = 4;
constexpr double kRounding = 1e-10;

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

std::string beside_theory(const ExactQuantity& quantity) {
  const bool there = !std::isnan(quantity.measured);
  return (there ? format_number(quantity.measured) : std::string(text::kNotYet)) + ", " +
         std::string(text::kTheory) + " " + format_number(quantity.theory);
}

}  // namespace iem::gui
