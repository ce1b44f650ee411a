#include "app/gui/stage/stage_view.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/gui/context/actions.h"
#include "app/gui/context/explain.h"
#include "app/gui/context/stage_hand.h"
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/formula.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/plots/figure_menu.h"
#include "app/gui/plots/lit_marks.h"
#include "app/gui/stage/key_hand.h"
#include "app/gui/widgets/cover.h"
#include "app/gui/widgets/spotlight.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/base/words.h"
#include "core/figure/element_place.h"
#include "core/run/divergence.h"

namespace iem::gui {
namespace {

constexpr float kHeader = 40, kTroubleLine = 36, kMarginLeft = 26, kMarginRight = 14, kBelow = 23,
                kBaseline = 26;

// 114.9: four digits, the same width from one step to the next.
std::string share_text(double share, int decimals) {
  return format_fixed(share, share < 1000 ? decimals : 0);
}

// Whether the view suits the data: if it shows only a small part of the points' bounding box, or the box
// fills only a small part of it, the view belongs to other points.
bool is_seen(const Dataset& data, const PlotRange& view) {
  const Eigen::RowVector2d lo = data.points.colwise().minCoeff(), hi = data.points.colwise().maxCoeff();
  const auto share = [](double a0, double a1, double b0, double b1) {  // of a in b
    if (!(a1 > a0)) return a0 >= b0 && a0 <= b1 ? 1.0 : 0.0;
    return std::max(0.0, std::min(a1, b1) - std::max(a0, b0)) / (a1 - a0);
  };
  const double seen = share(lo[0], hi[0], view.x0, view.x1) * share(lo[1], hi[1], view.y0, view.y1);
  const double filled =
      std::max(share(view.x0, view.x1, lo[0], hi[0]), share(view.y0, view.y1, lo[1], hi[1]));
  return seen > 0.5 && filled > 0.1;
}

// Whether the panel has a legend of several signs, which is placed below the stage so that it covers nothing.
bool has_key_below(const Panel& panel) {
  return std::ranges::any_of(panel.marks, [](const Mark& mark) {
    const auto* legend = std::get_if<Legend>(&mark);
    return legend != nullptr && legend->entries.size() > 1;
  });
}

// The height of this legend in screen pixels.
float key_room(const Panel& panel, float width, bool numbers) {
  if (!has_key_below(panel)) return 0;
  ImGuiCanvas canvas(ImGui::GetWindowDrawList());
  paint::PaintOptions options;
  options.legend_below = true;
  options.numbers = numbers;
  return static_cast<float>(paint::legend_room(panel, width / scale(), canvas, options)) * scale();
}

PlotRange shown_range(const Panel& panel, const PlotRange& base, ImVec2 min, ImVec2 max) {
  const paint::Transform to_px = plot_transform(panel, base, min, max);
  return {to_px.x().lo, to_px.x().hi, to_px.y().lo, to_px.y().hi};
}

// A page lets those settings be changed that it names.
std::string_view remedy_locked(const PanelContext& context, const std::vector<Edit>& edits) {
  const bool reacts =
      std::ranges::all_of(edits, [&](const Edit& edit) { return context.reduced().reacts(edit.key); });
  return reacts ? std::string_view() : context.locked();
}

}  // namespace

// Shapes with names; "+2" says how many have no room.
float StageView::names_legend(const std::vector<std::string>& names, ImVec2 baseline, float left) {
  const float shape = px(14), gap = px(16), more_width = measure_text("+0", type::kSmall).width + gap;
  std::vector<float> widths;
  float all = 0;
  for (const std::string& name : names) {
    widths.push_back(shape + measure_text(name, type::kSmall).width + (widths.empty() ? 0 : gap));
    all += widths.back();
  }
  const float room = baseline.x - left - (all > baseline.x - left ? more_width : 0);
  std::size_t fit = 0;
  float used = 0;
  while (fit < names.size() && used + widths[fit] <= room) used += widths[fit++];
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (fit < names.size() && more_width <= baseline.x - left) {
    draw_text_right(list, "+" + std::to_string(names.size() - fit), baseline, colour(theme().muted),
                    type::kSmall);
    baseline.x -= more_width;
  }
  float x = baseline.x - used;
  for (std::size_t j = 0; j < fit; ++j) {
    draw_prototype(list, static_cast<int>(j), {x + px(5), baseline.y - px(5)}, 5 * scale());
    x += shape;
    x += draw_text(list, names[j], {x, baseline.y}, colour(theme().ink), type::kSmall) + gap;
  }
  return baseline.x - used;
}

// N_j, or the lab's other numbers, with shapes, right-aligned before the expand button; entries that do not
// fit are left out from the right. Returns its left edge.
float StageView::legend(PanelContext& context, ImVec2 baseline, float left) {
  const StageShares listed =
      context.lab().stage_shares(context.snapshot(), context.view().shown_point(context.snapshot()));
  const std::vector<double>& shares = listed.values;
  if (!shares.empty() && context.reduced().covers_part("shares")) {
    const float begin = std::max(left, baseline.x - px(180));
    draw_cover({begin, baseline.y - px(16)}, {baseline.x, baseline.y + px(7)});
    return begin;
  }
  if (!listed.names.empty()) return names_legend(listed.names, baseline, left);
  if (std::ranges::any_of(shares, [](double share) { return std::isnan(share); })) return baseline.x;
  const auto count = static_cast<int>(shares.size());
  const bool named = !listed.letter.empty();
  const float number = measure_text(named ? "0000.0" : format_fixed(0, listed.decimals), type::kSmall).width,
              shape = px(16);
  const float symbol = named ? measure_formula(listed.letter + "_1", type::kBody).width + px(8) : 0,
              gap = px(14);
  const float room = baseline.x - left;
  float each = shape + symbol + number;
  const bool with_symbol = static_cast<float>(count) * (each + gap) <= room;
  if (!with_symbol) each -= symbol;
  const bool with_number = with_symbol || static_cast<float>(count) * (each + gap) <= room;
  if (!with_number && !named) return baseline.x;  // shapes without numbers or names are useless
  if (!with_number) each -= number;
  const int fit = std::clamp(static_cast<int>(room / (each + (with_number ? gap : 0))), 0, count);
  float x = baseline.x - static_cast<float>(fit) * each -
            static_cast<float>(std::max(0, fit - 1)) * (with_number ? gap : 0);
  const float begin = x;
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (int j = 0; j < fit; ++j) {
    draw_prototype(list, j, {x + px(5), baseline.y - px(5)}, 5 * scale());
    float at = x + shape;
    if (with_symbol && named) {
      draw_formula(list, listed.letter + "_{" + std::to_string(j + 1) + "}", {at, baseline.y}, type::kBody,
                   colour(theme().muted));
      at += symbol;
    }
    if (with_number)
      draw_text(list, share_text(shares[static_cast<std::size_t>(j)], listed.decimals), {at, baseline.y},
                colour(theme().ink), type::kSmall);
    x += each + (with_number ? gap : 0);
  }
  return begin;
}

// A line with the first diagnosis and a button that applies its remedy.
void StageView::trouble(PanelContext& context, ImVec2 min, ImVec2 max) {
  const std::vector<Diagnosis>& diagnoses = context.snapshot().diagnoses;
  if (diagnoses.empty()) return;
  const float x0 = min.x + px(20), top = min.y;
  const Diagnosis& worst = diagnoses.front();
  const bool diverged = worst.kind == kDivergedKind;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(min, max, colour(theme().warn, 0.08));
  const float baseline = top + std::round(0.5F * (max.y - min.y) + 0.5F * cap_height(type::kBody));
  draw_icon(list, icon::kWarning, {x0 + px(7), baseline - px(5)}, colour(theme().warn), 13);
  float right = max.x - px(8);
  if (!worst.edits.empty()) {
    const float width = measure_text(worst.remedy, type::kBody).width + px(20);
    right -= width;
    ImGui::SetCursorScreenPos({right, top});
    if (text_button({.id = "##remedy",
                     .help = diverged ? text::kRestartHelp : text::kRemedyHelp,
                     .disabled = remedy_locked(context, worst.edits)},
                    worst.remedy)) {
      // After a divergence the last finite state is usually too far off for a setting to help, so a new run
      // is begun.
      diverged ? context.engine().begin_with(worst.edits) : context.engine().apply(worst.edits);
    }
    right -= px(10);
  }
  // Where there is room, what is seen below.
  const std::string found = capitalised(worst.text);
  std::string words = found;
  if (diverged) words += ": " + what_is_left(context.snapshot().state, *context.snapshot().divergence);
  if (measure_text(words, type::kBody).width > right - x0 - px(22)) words = found;
  draw_in_two_lines(list, words, {x0 + px(22), min.y}, {right, max.y}, colour(theme().warn));
}

void StageView::trouble_line(PanelContext& context, ImVec2 min, ImVec2 max, bool has_room) {
  if (has_room) return trouble(context, min, max);
  if (context.snapshot().diagnoses.empty() || context.view().painting) return;
  ImGui::SetCursorScreenPos(min);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, colour4(theme().paper));
  if (ImGui::BeginChild("##trouble", {max.x - min.x, max.y - min.y})) trouble(context, min, max);
  ImGui::EndChild();
  ImGui::PopStyleColor();
}

// The height of this line, reserved while the scene is open once it was needed, so that the stage does not
// move each time. While the run plays nothing moves: until it rests a new line lies over the stage.
float StageView::trouble_room(const PanelContext& context) {
  const Snapshot& snapshot = context.snapshot();
  if (std::exchange(troubled_, context.opened()) != context.opened()) trouble_seen_ = false;
  if (!snapshot.playing && !context.walks)
    trouble_seen_ = !snapshot.diagnoses.empty() || (trouble_seen_ && snapshot.state.step > 0);
  return trouble_seen_ && !context.view().painting ? px(kTroubleLine) : 0;
}

void StageView::header_buttons(PanelContext& context, ImVec2 min, ImVec2 max) {
  const bool alone = context.view().only_stage;
  ImGui::SetCursorScreenPos({max.x - px(12) - px(28), min.y + px(7)});
  if (icon_button({.id = "##expand",
                   .help = alone ? text::kShrinkHelp : text::kExpandHelp,
                   .shortcut = context.actions->keys("view.only_stage"),
                   .selected = alone},
                  icon::kExpand, 12, 28))
    context.actions->run("view.only_stage");
  const std::string reason = context.actions->disabled("data.paint");
  ImGui::SetCursorScreenPos({max.x - px(12) - px(58), min.y + px(7)});
  if (icon_button({.id = "##paint",
                   .help = text::action::kPaint,
                   .shortcut = context.actions->keys("data.paint"),
                   .disabled = reason},
                  icon::kBrush, 12, 28))
    context.actions->run("data.paint");
}

void StageView::header(PanelContext& context, const Panel& panel, ImVec2 min, ImVec2 max) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = min.y + px(kBaseline);
  float x = min.x + px(20);
  title_.clear();
  if (context.view().painting) {
    if (brush_.header(context, x, max.x - px(12), min.y)) context.actions->run("data.paint");
    return;
  }
  header_buttons(context, min, max);
  title_ = panel.title;
  x += draw_text(list, panel.title, {x, y}, colour(theme().ink), type::kBody, Face::bold);
  if (!panel.title_tex.empty())
    x += px(10) + draw_formula(list, panel.title_tex, {x + px(10), y}, 15, colour(theme().muted));
  explain_title(context, context.lab().figure_for(FigureUse::stage)->id, panel.title_tex,
                {min.x + px(20), y - px(18)}, {x, y + px(8)});
  centre_menu(context, {x, y});
  x += px(kFigureMenuWidth);
  legend(context, {max.x - px(84), y}, x + px(24));
}

PlotOptions StageView::options_for(PanelContext& context) {
  PlotOptions options;
  options.range = base_;
  options.painted = context.view().painting;
  options.paint = screen_options(*context.fields);
  options.paint.hovered = context.view().hovered;
  options.paint.many_points = [this, &context](const Scatter& scatter, const paint::Transform& to_px,
                                               paint::Canvas& canvas) {
    splat_.draw(scatter, to_px, canvas, context.shared_snapshot());
    return true;
  };
  return options;
}

void StageView::fit_new_data(PanelContext& context) {
  const Dataset& data = context.snapshot().data();
  if (data_hash_ == data.hash) return;
  const bool first = data_hash_ == 0 || opened_ != context.opened();
  data_hash_ = data.hash;
  const bool points = context.snapshot().config().table().find("data.points") != nullptr;
  if (first || context.view().painting || !points || data.dimension() < 2) return;
  if (data.dimension() == 2 && is_seen(data, base_)) return;
  context.view().look_at(data);
  const Panel& panel = context.stage().panels.front();
  base_ = {panel.x.lo, panel.x.hi, panel.y.lo, panel.y.hi};
  left_ = 0;
}

// Brings the view's range up to date with the scene, the user and the size of the stage, before the figure is
// made.
void StageView::update_range(PanelContext& context, ImVec2 min, ImVec2 max) {
  ViewState& view = context.view();
  fit_new_data(context);
  if (opened_ != context.opened()) {
    left_ = 0;
    opened_ = context.opened();
    fits_ = view.fits - 1;
    if (context.came_back() && view.shown_range()) base_ = *view.shown_range(), fits_ = view.fits;
  }
  if (fits_ != view.fits) {
    view.fit_stage(context.scene());
    fits_ = view.fits;
    const Panel& panel = context.stage().panels.front();
    base_ = {panel.x.lo, panel.x.hi, panel.y.lo, panel.y.hi};
  }
  const paint::Transform to_px = plot_transform(context.stage().panels.front(), base_, min, max);
  view.show({to_px.x().lo, to_px.x().hi, to_px.y().lo, to_px.y().hi});
}

void StageView::update_hands(PanelContext& context, const Panel& panel, PlotArea& area, bool inside) {
  context.key_hand->update(context, panel, area.to_px(), area.list());
  if (!context.key_hand->chooses()) drag_.update(context, panel, area.to_px(), area.mouse(), inside);
}

// A point has no marker of its own unless it is pinned.
std::optional<std::pair<double, double>> lit_place(const Panel& panel, const ElementId& element) {
  if (const auto place = place_of(panel, element)) return place;
  for (const Mark& mark : panel.marks) {
    const auto* points = std::get_if<Scatter>(&mark);
    const auto index = static_cast<std::size_t>(std::max(element.index, 0));
    if (points != nullptr && points->element == element.kind && index < points->x.size())
      return std::pair(points->x[index], points->y[index]);
  }
  return std::nullopt;
}

// What a lesson lights up stands in a hole of the veil; the ring of the pinned point lies above it.
void StageView::spotlight(PanelContext& context, const Panel& panel, PlotArea& area,
                          const PlotOptions& options) {
  const ImGuiCanvas canvas(area.list());
  std::vector<ImVec2> lit;
  for (const ElementId& element : context.reduced().highlighted())
    if (const auto place = lit_place(panel, element))
      lit.push_back(canvas.to_screen({area.to_px().px_x(place->first), area.to_px().px_y(place->second)}));
  if (lit.empty()) return;
  const paint::PxRect& plot = area.to_px().rect();
  draw_spotlight(area.list(), canvas.to_screen({plot.x0, plot.y0}), canvas.to_screen({plot.x1, plot.y1}),
                 lit);
  Panel above = panel;
  std::erase_if(above.marks, [](const Mark& mark) { return !std::holds_alternative<RingMark>(mark); });
  area.paint_marks(above, options);
}

void StageView::draw(PanelContext& context) {
  ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 max(min.x + ImGui::GetWindowWidth(), min.y + ImGui::GetWindowHeight());
  context.held = drag_.holding() || brush_.stroking() || context.key_hand->holds();
  min.y += ImGui::GetCursorStartPos().y;  // below its tab, where it has one
  if (left_scale_ != scale()) left_ = 0, left_scale_ = scale();
  left_ = std::max(left_, px(kMarginLeft));
  // A class sees what the moment is about; that a run has ended is part of it.
  const bool warns = !context.presenting || context.snapshot().divergence.has_value();
  const float warned = warns ? trouble_room(context) : 0;
  // In front of a class the stage reaches to its edges, without a header and numbers at its axes.
  const bool bare = context.presenting;
  const float head = bare ? 0 : px(kHeader), right = bare ? 0 : px(kMarginRight);
  const ImVec2 plot_min(min.x + (bare ? 0 : left_), min.y + head + warned);
  const float key = key_room(context.stage().panels.front(), max.x - right - plot_min.x, !bare);
  const ImVec2 plot_max(max.x - right, max.y - (bare ? 0 : px(kBelow)) - key);
  if (plot_max.x - plot_min.x < px(20) || plot_max.y - plot_min.y < px(20)) return;
  update_range(context, plot_min, plot_max);
  // Until the end of the frame: what the header changes is shown in the next one.
  const Panel& panel = context.stage().panels.front();
  if (bare)
    title_ = panel.title;
  else
    header(context, panel, min, max);
  if (warns)
    trouble_line(context, {min.x, min.y + head}, {max.x, min.y + head + px(kTroubleLine - 4)}, warned > 0);
  if (context.stage_hand->takes(context, context.lab().figure_for(FigureUse::stage)->id))
    return draw_cover(plot_min, plot_max);
  if (landscape_.draw(context, panel, shown_range(panel, base_, plot_min, plot_max), plot_min, plot_max))
    return;
  PlotOptions options = options_for(context);
  options.paint.legend_below = has_key_below(panel);
  options.paint.numbers = !bare;
  PlotArea area("##stage", panel, plot_min, plot_max, options);
  if (!area.visible()) return;
  shown_ = area.to_px();
  area.paint(panel, options);
  light_marks(context, context.lab().figure_for(FigureUse::stage)->id, panel, area, options);
  spotlight(context, panel, area, options);
  pulse_.draw(area.list(), panel, area.to_px());
  left_ = std::max(left_, std::ceil((tick_room(panel, plot_min, plot_max) + px(4)) / px(4)) * px(4));
  const bool inside = area.hovered() && !ImGui::IsMouseDown(ImGuiMouseButton_Right) &&
                      !ImGui::IsMouseDown(ImGuiMouseButton_Middle);
  const bool fit = area.fit_asked() && context.view().hovered.kind == ElementId::Kind::none;
  if (context.view().painting)
    brush_.update(context, area.to_px(), area.mouse(), area.hovered());
  else if (!context.stage_hand->update(context, panel, area.to_px(), area.mouse(), inside, area.list()))
    update_hands(context, panel, area, inside);
  if (area.moved()) base_ = *area.moved();
  if (fit) context.actions->run("view.fit");
}

}  // namespace iem::gui
