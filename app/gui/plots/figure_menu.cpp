#include "app/gui/plots/figure_menu.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

constexpr float kBox = 18;

bool chevron(ImVec2 at) {
  const ImVec2 corner(at.x + px(kFigureMenuWidth - kBox), at.y - px(kBox - 4));
  ImGui::SetCursorScreenPos(corner);
  const bool pressed =
      icon_button({.id = "##figures", .help = text::kFiguresHelp, .selected = ImGui::IsPopupOpen("figures")},
                  icon::kChevronDown, 9, kBox);
  if (pressed) ImGui::OpenPopup("figures");
  ImGui::SetNextWindowPos({corner.x, corner.y + px(kBox + 6)}, ImGuiCond_Appearing);
  return begin_menu("figures");
}

// One line a figure; the id of the one chosen, else empty.
std::string choose(const PanelContext& context, const std::string& shown, bool with_stage) {
  std::string chosen;
  for (const FigureType& type : context.lab().figures()) {
    if (type.use == FigureUse::stage && !with_stage) continue;
    if (!is_offered(type, context.snapshot().config())) continue;
    if (menu_item(type.title, {}, type.id == shown)) chosen = type.id;
    tooltip(type.help);
  }
  return chosen;
}

}  // namespace

void put_in_cell(PanelContext& context, std::size_t cell, const std::string& figure) {
  std::vector<std::string> plots = context.view().config.list("view.plots");
  if (cell >= plots.size()) return;
  const auto other = std::ranges::find(plots, figure);
  if (other != plots.end())
    std::swap(*other, plots[cell]);
  else
    plots[cell] = figure;
  context.set("view.plots", plots);
}

void column_menu(PanelContext& context, std::size_t cell, ImVec2 at) {
  const std::vector<std::string> plots = context.view().config.list("view.plots");
  if (context.presenting) return ImGui::Dummy({0, 0});  // ends the row that the title began
  if (cell >= plots.size() || !chevron(at)) return;
  if (const std::string chosen = choose(context, plots[cell], false); !chosen.empty())
    put_in_cell(context, cell, chosen);
  menu_rule();
  if (menu_item(text::kInTheMiddle)) context.set("view.centre", plots[cell]);
  end_menu();
}

void centre_menu(PanelContext& context, ImVec2 at) {
  if (!chevron(at)) return;
  const std::string chosen = choose(context, context.view().config.text("view.centre"), true);
  if (!chosen.empty()) context.set("view.centre", chosen);
  end_menu();
}

}  // namespace iem::gui
