#include "app/gui/stage/stage_grid.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/context/actions.h"
#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/widgets.h"
#include "app/paint/figure_painter.h"

namespace iem::gui {
namespace {

constexpr float kGridAround = 20, kGridLeft = 30, kGridBelow = 22, kHeadingHeight = 28, kGridGapX = 14,
                kGridGapY = 8, kHeadingSample = 28;

// As square as the room allows.
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

}  // namespace

bool StageGrid::is_asked_for(const PanelContext& context) {
  const Config& view = context.view().config;
  return view.table().find("view.runs") != nullptr && view.text("view.runs") == "multiples" &&
         !context.snapshot().lanes.empty();
}

std::vector<StageGrid::Tile> StageGrid::tiles_of(const PanelContext& context) {
  const std::vector<RunRow> runs = run_rows(context.snapshot());
  std::vector<Tile> out = {{runs.front(), context.shared_snapshot()}};
  for (std::size_t i = 1; i < runs.size(); ++i)
    if (const auto& whole = context.snapshot().lanes[i - 1].whole; runs[i].shown && whole != nullptr)
      out.push_back({runs[i], whole});
  return out;
}

Panel* StageGrid::panel_of(PanelContext& context, const Tile& tile) {
  Kept& kept = kept_[tile.run.mark];
  if (kept.snapshot != tile.snapshot || kept.view_revision != context.view().revision) {
    const FigureType* stage = context.lab().figure_for(FigureUse::stage);
    kept = {context.lab().figure(stage->id, *tile.snapshot, context.view().view()), tile.snapshot,
            context.view().revision};
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

void StageGrid::heading(const RunRow& run, ImVec2 min, float right) {
  const std::string loss = "J " + loss_number(run.now->loss);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = min.y + px(18);
  draw_lane_sample(list, run.mark, false, {min.x, y - px(4)}, px(kHeadingSample));
  float x = min.x + px(kHeadingSample + 8);
  const float number = measure_text(loss, type::kSmall).width;
  const ImU32 muted = colour(run.divergence != nullptr ? theme().warn : theme().muted);
  draw_text_right(list, loss, {right, y}, muted, type::kSmall);
  const std::string name = cut_to(run.name, right - number - px(8) - x, type::kBody, Face::bold);
  x += draw_text(list, name, {x, y}, colour(paint::lane_colour(theme(), run.mark)), type::kBody, Face::bold) +
       px(8);
  draw_text(list, cut_to(run.differs, right - number - px(8) - x, type::kSmall), {x, y}, muted, type::kSmall);
}

// One pin for all: a point is the same point in every run.
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
  heading(tile.run, min, max.x);
  Panel* const shown = panel_of(context, tile);
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
  // The first one's own picture: that of the whole stage would be made only to be measured.
  if (const Panel* first = panel_of(context, tiles.front())) update_range(context, *first);
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
