#include "app/gui/stage/stage_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "app/gui/context/actions.h"
#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "app/paint/figure_painter.h"
#include "core/labs/kit/seen_draws.h"

namespace iem::gui {
namespace {

constexpr float kGridAround = 20, kGridLeft = 30, kGridBelow = 22, kHeadingHeight = 28, kGridGapX = 14,
                kGridGapY = 8, kHeadingSample = 28;
constexpr std::size_t kMostDrawn = 30;  // more would be too small
constexpr double kSmallMarks = 0.55;    // marks of a draw's picture, of their usual size
constexpr double kSameLoss = 1e-6;      // of J

// The number of columns that makes the tiles as nearly square as possible.
std::size_t columns_for(std::size_t count, float width, float height) {
  std::size_t best = 1;
  float largest = 0;
  for (std::size_t columns = 1; columns <= count; ++columns) {
    const auto rows = static_cast<float>((count + columns - 1) / columns);
    const float w = width / static_cast<float>(columns), h = height / rows - px(kHeadingHeight);
    if (const float side = std::min(w, h); side > largest) largest = side, best = columns;
  }
  return best;
}

std::string chosen(const PanelContext& context) {
  const Config& view = context.view().config;
  return view.table().find("view.runs") == nullptr ? std::string() : view.text("view.runs");
}

const std::vector<SeenDraws::End>* ends_of(const PanelContext& context) {
  return context.view().draws == nullptr ? nullptr : context.view().draws->ends(context.snapshot());
}

// The view of a small picture: only the field, the points and the prototypes.
Config small_view(Config view) {
  for (const char* key : {"view.density", "view.pull", "view.trails"})
    if (view.table().find(key) != nullptr) view.set(key, false);
  if (view.table().find("view.probe") != nullptr) view.set("view.probe", Tensor{});
  if (view.table().find("view.pinned") != nullptr) view.set("view.pinned", std::int64_t{-1});
  return view;
}

void make_small(Panel& panel) {
  std::erase_if(panel.marks, [](const Mark& mark) {
    return std::holds_alternative<Text>(mark) || std::holds_alternative<Legend>(mark);
  });
  for (Mark& mark : panel.marks) {
    if (auto* marker = std::get_if<Marker>(&mark))
      marker->radius_px *= kSmallMarks, marker->halo_px *= kSmallMarks;
    if (auto* points = std::get_if<Scatter>(&mark)) points->radius_px *= kSmallMarks;
  }
}

}  // namespace

bool StageGrid::needs_all_runs(const PanelContext& context) { return chosen(context) == "multiples"; }

bool StageGrid::is_asked_for(const PanelContext& context) {
  if (context.reduced().covers_anything()) return false;  // every tile would tell
  const std::string way = chosen(context);
  return (way == "multiples" && !context.snapshot().lanes.empty()) ||
         (way == "draws" && ends_of(context) != nullptr);
}

std::vector<StageGrid::Tile> StageGrid::runs_of(const PanelContext& context) {
  const std::vector<RunRow> runs = run_rows(context.snapshot());
  std::vector<Tile> out = {{runs.front(), context.shared_snapshot()}};
  for (std::size_t i = 1; i < runs.size(); ++i)
    if (const auto& whole = context.snapshot().lanes[i - 1].whole; runs[i].shown && whole != nullptr)
      out.push_back({runs[i], whole});
  return out;
}

std::vector<StageGrid::Tile> StageGrid::draws_of(const PanelContext& context) {
  const std::vector<SeenDraws::End>& ends = *ends_of(context);
  double best = std::numeric_limits<double>::infinity();
  for (const SeenDraws::End& end : ends) best = std::min(best, end.loss());
  std::vector<Tile> out;
  for (std::size_t i = 0; i < ends.size() && i < kMostDrawn; ++i) {
    RunRow row = run_rows(*ends[i].snapshot).front();
    row.name = ends[i].name;
    out.push_back({row, ends[i].snapshot, &ends[i].settings, ends[i].loss() <= best + kSameLoss});
  }
  return out;
}

std::vector<StageGrid::Tile> StageGrid::tiles_of(const PanelContext& context) {
  return chosen(context) == "draws" ? draws_of(context) : runs_of(context);
}

Panel* StageGrid::panel_of(PanelContext& context, const Tile& tile, std::size_t i) {
  Kept& kept = kept_[i];
  if (kept.snapshot != tile.snapshot || kept.view_revision != context.view().revision) {
    const FigureType* stage = context.lab().figure_for(FigureUse::stage);
    const View view = context.view().view();
    const Config small = small_view(view.config);
    const bool is_draw = tile.begins != nullptr;
    kept = {context.lab().figure(stage->id, *tile.snapshot, is_draw ? View{small, {}, view.hovered} : view),
            tile.snapshot, context.view().revision};
    if (is_draw && !kept.figure.panels.empty()) make_small(kept.figure.panels.front());
  }
  return kept.figure.panels.empty() ? nullptr : &kept.figure.panels.front();
}

void StageGrid::update_range(PanelContext& context, const Panel& panel) {
  ViewState& view = context.view();
  if (opened_ == context.opened() && fits_ == view.fits && range_) return;
  if (opened_ == context.opened() && range_) view.fit_stage(context.scene());
  opened_ = context.opened();
  fits_ = view.fits;
  range_ = PlotRange{panel.x.lo, panel.x.hi, panel.y.lo, panel.y.hi};
}

void StageGrid::heading(const Tile& tile, ImVec2 min, float right) {
  const RunRow& run = tile.run;
  const bool is_draw = tile.begins != nullptr;
  const std::string loss = "J " + loss_number(run.now->loss);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = min.y + px(18);
  if (!is_draw) draw_lane_sample(list, run.mark, false, {min.x, y - px(4)}, px(kHeadingSample));
  float x = min.x + (is_draw ? 0 : px(kHeadingSample + 8));
  const Face face = tile.best ? Face::bold : Face::regular;
  const float number = measure_text(loss, type::kSmall, face).width;
  const ImU32 muted = colour(run.divergence != nullptr ? theme().warn : theme().muted);
  draw_text_right(list, loss, {right, y}, tile.best ? colour(theme().ink) : muted, type::kSmall, face);
  const float room = right - number - px(8);
  const float size = is_draw ? type::kSmall : type::kBody;
  const std::string name = cut_to(run.name, room - x, size, Face::bold);
  const Rgb& ink = is_draw ? theme().ink : paint::lane_colour(theme(), run.mark);
  x += draw_text(list, name, {x, y}, colour(ink), size, Face::bold) + px(8);
  draw_text(list, cut_to(run.differs, room - x, type::kSmall), {x, y}, muted, type::kSmall);
}

// A click on the heading begins a run with this draw; the picture below is for hovering and pinning.
bool StageGrid::heading_button(std::size_t i, ImVec2 min, ImVec2 max) {
  ImGui::SetCursorScreenPos(min);
  const bool pressed =
      ImGui::InvisibleButton(("##begin." + std::to_string(i)).c_str(), {max.x - min.x, px(kHeadingHeight)},
                             ImGuiButtonFlags_EnableNav);
  draw_focus(ImGui::GetWindowDrawList(), min, {max.x, min.y + px(kHeadingHeight)}, ImGui::GetItemID());
  tooltip(text::kBeginHereHelp);
  return pressed;
}

// Hovering and pinning apply to all tiles, since a point is the same in every run.
void StageGrid::point_at(PanelContext& context, const Panel& panel, const Snapshot& of,
                         const PlotArea& area) {
  if (!area.hovered()) return;
  const ElementId under = paint::element_at(panel, area.to_px(), area.mouse());
  const bool is_point = context.lab().point_of(under, of) >= 0;
  over_element_ = is_point;
  const ElementId now = is_point ? under : ElementId{};
  if (!(context.view().hovered == now)) {
    context.view().hovered = now;
    context.view().touch();
  }
  if (is_point && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    const int point = context.lab().point_of(under, of);
    context.view().pin_point(context.view().pinned_point(of) == point ? -1 : point);
  }
}

void StageGrid::draw_tile(PanelContext& context, const Tile& tile, std::size_t i, ImVec2 min, ImVec2 max,
                          std::pair<bool, bool> ticks) {
  if (tile.begins != nullptr && context.locked().empty() && heading_button(i, min, max)) {
    context.set("view.runs", std::string("overlay"));
    context.engine().begin_with(*tile.begins);
  }
  heading(tile, min, max.x);
  Panel* const shown = panel_of(context, tile, i);
  if (shown == nullptr) return;
  shown->y.ticks = ticks.first;
  shown->x.ticks = ticks.second;
  const Panel& panel = *shown;
  PlotOptions options;
  options.range = range_;
  options.names = false;
  options.paint = screen_options(*context.fields);
  options.paint.hovered = context.view().hovered;
  PlotArea area(("##tile." + std::to_string(i)).c_str(), panel, {min.x, min.y + px(kHeadingHeight)}, max,
                options);
  if (!area.visible()) return;
  area.paint(panel, options);
  point_at(context, panel, *tile.snapshot, area);
  if (area.moved()) range_ = *area.moved();
  if (area.fit_asked() && !over_element_) context.actions->run("view.fit");
}

void StageGrid::draw(PanelContext& context) {
  const std::vector<Tile> tiles = tiles_of(context);
  // The range is taken from the first tile's picture, so that the figure of the whole stage need not be made.
  if (const Panel* first = panel_of(context, tiles.front(), 0)) update_range(context, *first);
  const ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 from(min.x + px(kGridLeft), min.y + px(8));
  const ImVec2 to(min.x + ImGui::GetWindowWidth() - px(kGridAround),
                  min.y + ImGui::GetWindowHeight() - px(kGridBelow + 4));
  const std::size_t columns = columns_for(tiles.size(), to.x - from.x, to.y - from.y);
  const std::size_t rows = (tiles.size() + columns - 1) / columns;
  const float width = (to.x - from.x + px(kGridGapX)) / static_cast<float>(columns);
  const float height = (to.y - from.y + px(kGridGapY)) / static_cast<float>(rows);
  over_element_ = false;
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const ImVec2 at(std::round(from.x + width * static_cast<float>(i % columns)),
                    std::round(from.y + height * static_cast<float>(i / columns)));
    draw_tile(context, tiles[i], i, at, {at.x + width - px(kGridGapX), at.y + height - px(kGridGapY)},
              {i % columns == 0, i + columns >= tiles.size()});
  }
}

}  // namespace iem::gui
