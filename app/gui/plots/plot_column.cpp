#include "app/gui/plots/plot_column.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/context/actions.h"
#include "app/gui/context/explain.h"
#include "app/gui/context/look_for.h"
#include "app/gui/context/stage_hand.h"
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/plots/atlas_hover.h"
#include "app/gui/plots/curve_reading.h"
#include "app/gui/plots/figure_menu.h"
#include "app/gui/plots/identity_hover.h"
#include "app/gui/widgets/cell.h"
#include "app/gui/widgets/cover.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/check/finite.h"
#include "core/figure/ticks.h"
#include "core/labs/registry.h"

namespace iem::gui {
namespace {

constexpr float kBeside = 22;      // from a square plot to the words beside it
constexpr float kCloseLines = 14;  // of the lines there

// The buttons of the bridges that start at this figure, leftwards from the right edge of the cell's title, as
// far as there is room.
void bridge_buttons(PanelContext& context, const std::string& figure, const Cell& cell) {
  if (context.presenting) return;
  float right = cell.max.x;
  for (const Bridge* bridge : bridges()) {
    if (bridge->from != context.lab().id() || bridge->figure != figure) continue;
    const std::string action = action_of(*bridge), id = "##" + bridge->id;
    if (context.actions->find(action) == nullptr) continue;
    const std::string reason = context.actions->disabled(action);
    const Button button{.id = id.c_str(), .help = bridge->help, .disabled = reason};
    const float width = measure_text(bridge->word, type::kBody).width + px(20);
    const bool in_a_word = right - width > cell.title_end.x + px(24);
    right -= in_a_word ? width : px(26);
    ImGui::SetCursorScreenPos({right, cell.min.y - px(in_a_word ? 30 : 27)});
    if (in_a_word ? text_button(button, bridge->word) : icon_button(button, icon::kExpand, 11, 24))
      context.actions->run(action);
  }
}

float rows_of_line(const std::string& line, float wrap) {
  return measure_text(line, type::kSmall).width > wrap ? 2 : 1;
}

// What the largest difference below these lines is. Where a cell is too low for all of them the first are
// left out, so that the number is not.
std::vector<std::string> lines_above_number(const IdentitySample& sample, const std::string& method,
                                            float wrap, float room) {
  const auto count = static_cast<std::int64_t>(sample.claimed.size());
  std::vector<std::string> lines = {
      format_whole(count) + " " + std::string(count == 1 ? text::kDerivative : text::kDerivatives), method,
      std::string(text::kLargestDifference)};
  float rows = 0;
  for (const std::string& line : lines) rows += rows_of_line(line, wrap);
  while (lines.size() > 1 && rows * px(kCloseLines) > room) {
    rows -= rows_of_line(lines.front(), wrap);
    lines.erase(lines.begin());
  }
  return lines;
}

// Over the number in a cell's title.
void cover_value(const Cell& cell, float width) {
  const float baseline = cell.title_end.y;
  draw_cover({cell.max.x - std::max(width, px(44)), baseline - px(15)}, {cell.max.x, baseline + px(6)});
}

FigureUse use_of(const Lab& lab, const std::string& figure) {
  const auto type = std::ranges::find(lab.figures(), figure, &FigureType::id);
  return type == lab.figures().end() ? FigureUse::plot : type->use;
}

// Writes the reason why there is no picture in its place.
void say_in(const Cell& cell, std::string_view words) {
  ImGui::SetCursorScreenPos({cell.min.x, cell.min.y + px(4)});
  const ScopedRowWidth room(cell.max.x - cell.min.x);
  note(words);
}

}  // namespace

void PlotColumn::read(PanelContext& context, PlotArea& area, const Panel& panel) {
  if (is_atlas(panel)) map_shown_ = area.to_px();
  if (drag_on_atlas(context, area, panel, held_)) return;
  if (std::string said = read_atlas(context, area, panel); !said.empty()) said_ = std::move(said);
  if (is_atlas(panel)) return;
  if (std::string said = read_curve(context, area, panel); !said.empty()) said_ = std::move(said);
}

void PlotColumn::begin_frame(PanelContext& context) {
  // When the pointer has left the cells, nothing is hovered any more.
  if (were_over_cells_ && !over_cells_ && context.view().by_plot) {
    context.view().by_plot = false;
    context.view().hovered = {};
    context.view().touch();
  }
  were_over_cells_ = over_cells_;
  over_cells_ = false;
}

std::string PlotColumn::title(const Lab& lab, const std::string& id) {
  for (const FigureType& type : lab.figures())
    if (type.id == id) return type.title;
  return id;
}

void PlotColumn::draw(PanelContext& context, std::size_t cell) {
  const std::vector<std::string>& plots = context.view().config.list("view.plots");
  if (cell >= plots.size()) return;
  const ImVec2 end = draw_figure(context, plots[cell]);
  const Figure& figure = context.figure(plots[cell]);
  explain_title(context, plots[cell], figure.panels.empty() ? std::string() : figure.panels.front().title_tex,
                {ImGui::GetWindowPos().x + px(kCellMargin), end.y - px(18)}, {end.x, end.y + px(8)});
  column_menu(context, cell, end);
}

ImVec2 PlotColumn::draw_figure(PanelContext& context, const std::string& id) {
  if (context.stage_hand->takes(context, id)) {
    const Cell cell = begin_cell(title(context.lab(), id), {}, {});
    context.stage_hand->draw_in_place(context, id, cell.min, cell.max);
    return cell.title_end;
  }
  const FigureUse use = use_of(context.lab(), id);
  if (use == FigureUse::point) return draw_pinned(context, id);
  if (const Figure& figure = context.figure(id); !figure.sentence.empty()) {
    const Cell cell = begin_cell(figure.title, {}, {});
    say_in(cell, figure.sentence);
    return cell.title_end;
  }
  if (use == FigureUse::loss) return draw_loss(context, id);
  if (use == FigureUse::identity) return draw_identity(context, id);
  return draw_panels(context, id);
}

// The cell under the pointer lights up query and key everywhere; a click pins the query.
void PlotColumn::point_at_cells(PanelContext& context, PlotArea& area, const Panel& panel) {
  if (!area.hovered()) return;
  const ElementId under = paint::element_at(panel, area.to_px(), area.mouse());
  if (under.kind != ElementId::Kind::score) return;
  over_cells_ = context.view().by_plot = true;
  if (!(context.view().hovered == under)) {
    context.view().hovered = under;
    context.view().touch();
  }
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left))
    context.view().pin_point(context.lab().point_of(under, context.snapshot()));
}

// Any other figure: its panels under one title.
ImVec2 PlotColumn::draw_panels(PanelContext& context, const std::string& id) {
  const Figure& figure = context.figure(id);
  if (figure.panels.empty()) return ImGui::GetWindowPos();
  const bool several = FigureView::panels_shown(figure, cell_height()) > 1;
  // Of several panels, from the top, without the title they share; of two it is said which is where.
  const std::string between = figure.panels.size() == 2 ? " " + std::string(text::kAbove) + " " : " / ";
  std::string names;
  for (const Panel& panel : figure.panels) {
    const std::string shared = figure.title + ", ";
    const bool shares = panel.title.starts_with(shared);
    if (several) names += (names.empty() ? "" : between) + panel.title.substr(shares ? shared.size() : 0);
  }
  const Cell cell = several ? begin_cell(figure.title, {}, names, true)
                            : begin_cell(figure.panels[0].title, figure.panels[0].title_tex, {});
  bridge_buttons(context, id, cell);
  FigureView::Hooks hooks;
  // A map has no free corner for the names of the axes.
  hooks.names = std::ranges::none_of(figure.panels[0].marks,
                                     [](const Mark& mark) { return std::holds_alternative<Heatmap>(mark); });
  hooks.over = [this, &context](PlotArea& area, const Panel& panel) {
    read(context, area, panel);
    point_at_cells(context, area, panel);
  };
  figures_.draw(context, id, cell.min, cell.max, hooks);
  return cell.title_end;
}

// The menu of the figure in the middle, and the way back from it.
void PlotColumn::centre_buttons(PanelContext& context, const Cell& cell) {
  centre_menu(context, cell.title_end);
  const float width = measure_text(text::kBackToStage, type::kBody).width + px(20);
  ImGui::SetCursorScreenPos({cell.max.x - width + px(10), cell.title_end.y - px(20)});
  if (text_button({.id = "##stage"}, text::kBackToStage)) context.set("view.centre", context.stage().id);
}

void PlotColumn::draw_large(PanelContext& context, const std::string& id) {
  const Figure& figure = context.figure(id);
  const bool covered = context.stage_hand->takes(context, id);
  const Cell cell = figure.panels.empty()
                        ? begin_cell(figure.title, {}, {})
                        : begin_cell(figure.panels[0].title, figure.panels[0].title_tex, {});
  if (!context.presenting) centre_buttons(context, cell);
  if (covered) return context.stage_hand->draw_in_place(context, id, cell.min, cell.max);
  if (!figure.sentence.empty()) return say_in(cell, figure.sentence);
  FigureView::Hooks hooks{.titles = true};
  // In front of a class the key is so large that it would cover much of a map and the names on it.
  hooks.key_below = context.presenting && is_atlas(figure.panels[0]);
  const bool is_number = use_of(context.lab(), id) == FigureUse::loss;
  if (!is_number || !context.reduced().covers_part("loss_value"))
    hooks.over = [this, &context](PlotArea& area, const Panel& panel) { read(context, area, panel); };
  large_.draw(context, id, {cell.min.x, cell.min.y + px(8)}, {cell.max.x, cell.max.y - px(4)}, hooks);
}

ImVec2 PlotColumn::draw_loss(PanelContext& context, const std::string& id) {
  const Snapshot& s = context.snapshot();
  const Figure& figure = context.figure(id);
  if (figure.panels.empty()) return ImGui::GetWindowPos();
  const std::string unit = context.lab().loss_unit(s.config());
  std::string value = loss_number(s.evaluation.loss);
  if (!unit.empty() && std::isfinite(s.evaluation.loss)) value += " " + unit;
  const bool covered = context.reduced().covers_part("loss_value");
  const Cell cell = begin_cell(figure.panels[0].title, figure.panels[0].title_tex, covered ? "" : value);
  if (covered) cover_value(cell, measure_text(value, type::kSmall).width);
  FigureView::Hooks hooks;
  if (!covered)  // a curve of J that is read off is J as a number
    hooks.over = [this, &context](PlotArea& area, const Panel& panel) { read(context, area, panel); };
  hooks.names = false;  // J stands in the title, and the axis below is the run's steps
  figures_.draw(context, id, cell.min, cell.max, hooks);
  return cell.title_end;
}

ImVec2 PlotColumn::draw_identity(PanelContext& context, const std::string& id) {
  const Figure& figure = context.figure(id);
  if (figure.panels.empty()) return ImGui::GetWindowPos();
  const IdentityText words = context.lab().identity_text();
  const IdentitySample& sample = context.snapshot().identity;
  const Cell cell = begin_cell(figure.panels[0].title, {}, {});
  bridge_buttons(context, id, cell);
  const float width = cell.max.x - cell.min.x, height = cell.max.y - cell.min.y;
  const float side = std::min(height + px(14), 0.55F * width);
  const float x = cell.min.x + side + px(kBeside);
  square_.draw(context, id, cell.min, {cell.min.x + side, cell.max.y},
               {.beside = x, .over = [this, &context](PlotArea& area, const Panel&) {
                  over_cells_ = hover_identity(context, area) || over_cells_;
                }});
  ImDrawList* list = ImGui::GetWindowDrawList();
  float y = cell.min.y + px(16);
  const std::string equation = "\\displaystyle " + words.equation;
  float size = 16;
  while (size > type::kTick && x + measure_formula(equation, size).width > cell.max.x) size -= 0.5F;
  const float equation_width = draw_formula(list, equation, {x, y}, size, colour(theme().ink));
  explain_at(context, words.equation, {x, y - px(18)}, {x + equation_width, y + px(14)});
  y += px(36);
  if (const std::string lost = cannot_be_checked(context.snapshot()); !lost.empty()) {
    ImGui::SetCursorScreenPos({x, y - px(12)});
    const ScopedRowWidth room(cell.max.x - x);
    paragraph(lost, theme().warn);
    return cell.title_end;
  }
  const float wrap = cell.max.x - x, above_number = cell.max.y - y - px(4);
  const std::vector<std::string> lines = lines_above_number(sample, words.method, wrap, above_number);
  const float pitch = std::clamp(above_number / 3, px(kCloseLines), px(18));  // closer in a low cell
  for (const std::string& line : lines) {
    draw_paragraph(list, line, {x, y - px(11)}, colour(theme().muted), wrap, type::kSmall);
    y += pitch * rows_of_line(line, wrap);
  }
  const bool holds = identity_holds(sample);
  draw_text(list, tiny_number(sample.largest_difference), {x, y + px(2)},
            colour(holds ? theme().good : theme().bad), type::kBody, Face::bold);
  y += px(22);
  // The quantities that theory knows of the run, below the figure.
  for (const ExactQuantity& each : context.snapshot().exact) {
    if (y + px(10) > cell.max.y) break;
    const float wide = draw_formula(list, each.symbol, {x, y}, 13, colour(theme().ink)) + px(8);
    explain_at(context, each.symbol, {x, y - px(14)}, {x + wide, y + px(4)});
    const std::string said = beside_theory(each);
    const ImU32 ink = colour(each.holds() ? theme().good : theme().muted);
    if (x + wide + measure_text(said, type::kSmall).width <= cell.max.x) {
      draw_text(list, said, {x + wide, y}, ink, type::kSmall);
    } else {  // below its name
      y += px(16);
      draw_paragraph(list, said, {x, y - px(11)}, ink, cell.max.x - x, type::kSmall);
      if (measure_text(said, type::kSmall).width > cell.max.x - x) y += px(15);
    }
    y += px(20);
  }
  return cell.title_end;
}

ImVec2 PlotColumn::draw_pinned(PanelContext& context, const std::string& id) {
  const int point = context.view().shown_point(context.snapshot());
  const bool hovered = point >= 0 && point != context.view().pinned_point(context.snapshot());
  std::string name;
  if (point >= 0) name = std::string(text::kPoint) + " " + std::to_string(point);
  if (hovered) name += ", " + std::string(text::kHovered);
  const Cell cell = begin_cell(text::kPinnedTitle, {}, {}, true);
  // The number of the point, and the button that leads to all its numbers.
  const float baseline = cell.min.y - px(10), edge = cell.max.x - (context.presenting ? 0 : px(26));
  draw_text_right(ImGui::GetWindowDrawList(), name, {edge, baseline}, colour(theme().muted), type::kSmall);
  ImGui::SetCursorScreenPos({cell.max.x - px(20), baseline - px(17)});
  if (!context.presenting && icon_button({.id = "##inspect",
                                          .help = text::kInspectHelp,
                                          .shortcut = context.actions->keys("view.inspector")},
                                         icon::kInspect, 12, 24))
    context.actions->run("view.inspector");
  if (point < 0) {
    ImGui::SetCursorScreenPos({cell.min.x, cell.min.y + px(10)});
    const ScopedRowWidth width(cell.max.x - cell.min.x);
    if (context.lab().figure_for(FigureUse::stage) != nullptr) {
      note(context.stage_is_in_the_middle() ? text::kPinHint : text::kPinElsewhere);
      gap(6);
      ImGui::SetCursorScreenPos({cell.min.x, ImGui::GetCursorScreenPos().y});
    }
    if (const std::string& lesson = context.look_for->of_window(context); !lesson.empty()) note(lesson);
    return cell.title_end;
  }
  const std::vector<double> r = context.responsibilities();
  if (std::ranges::any_of(r, [](double share) { return std::isnan(share); }))
    say_in(cell, text::kNoShares);
  else
    figures_.draw(context, id, cell.min, cell.max, {.names = false});
  return cell.title_end;
}

}  // namespace iem::gui
