#include "app/gui/plots/atlas_hover.h"

#include <algorithm>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/cell.h"
#include "app/gui/widgets/widgets.h"
#include "core/atlas/atlas.h"

namespace iem::gui {
namespace {

// A way is run again in every frame, where that takes no longer than a frame may.
bool is_short(const AtlasPlan& plan) {
  constexpr double kMostWork = 1e6;  // energies
  const Setup& setup = *plan.setup;
  return static_cast<double>(plan.steps) * static_cast<double>(setup.data->size()) * plan.components() <
         kMostWork;
}

void draw_way(PlotArea& area, const std::vector<Eigen::Vector2d>& way) {
  const ImGuiCanvas canvas(area.list());
  std::vector<ImVec2> line;
  for (const Eigen::Vector2d& place : way)
    line.push_back(canvas.to_screen(area.to_px()(place.x(), place.y())));
  const auto count = static_cast<int>(line.size());
  area.list()->AddPolyline(line.data(), count, colour(theme().paper), 4 * scale());
  area.list()->AddPolyline(line.data(), count, colour(theme().ink), 1.6F * scale());
  area.list()->AddCircleFilled(line.front(), 4.5F * scale(), colour(theme().paper));
  area.list()->AddCircleFilled(line.front(), 3 * scale(), colour(theme().ink));
}

}  // namespace

bool is_atlas(const Panel& panel) {
  return std::ranges::any_of(panel.marks, [](const Mark& mark) {
    const auto* map = std::get_if<Heatmap>(&mark);
    return map != nullptr && !map->kinds.empty();
  });
}

bool drag_on_atlas(PanelContext& context, PlotArea& area, const Panel& panel, HeldElement& held) {
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) held.release();
  if (held.holds() && is_atlas(panel)) {
    held.move(context, area.to_px(), area.mouse());
    if (held.holds()) {
      const ImGuiCanvas canvas(area.list());
      draw_prototype(area.list(), held.element().index, canvas.to_screen(area.mouse()), 7 * scale(),
                     2 * scale());
    }
    return true;
  }
  if (!area.hovered() || !is_atlas(panel)) return false;
  const std::shared_ptr<const Atlas> atlas = context.view().atlases->last();
  const ElementId under = paint::element_at(panel, area.to_px(), area.mouse());
  const bool other =
      under.kind == ElementId::Kind::prototype && atlas && under.index != atlas->plan.prototype;
  if (!other || !context.reduced().reacts(under)) return false;
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left))
    held.take(context, under, panel, area.to_px(), area.mouse());
  return true;
}

std::string read_atlas(PanelContext& context, PlotArea& area, const Panel& panel) {
  if (!area.hovered() || !is_atlas(panel)) return {};
  const std::shared_ptr<const Atlas> atlas = context.view().atlases->last();
  const Setup& now = *context.snapshot().setup;
  if (!atlas || atlas->plan.setup->data != now.data || atlas->plan.setup->model != now.model) return {};
  const AtlasCell* cell = atlas->at(area.to_px().x_at(area.mouse().x), area.to_px().y_at(area.mouse().y));
  if (!cell || cell->end == kUnknownEnd) return {};
  const Eigen::Vector2d place = atlas->place(*cell);
  if (is_short(atlas->plan)) draw_way(area, StartRunner(atlas->plan).way(place));
  std::string said = words_of(*atlas, *cell);
  const ElementId prototype{ElementId::Kind::prototype, atlas->plan.prototype};
  if (context.reduced().reacts(prototype)) {
    said += "   " + std::string(text::kStartHere);
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left))
      context.apply(atlas->plan.put(context.snapshot().state.theta, place), context.new_gesture());
  }
  tooltip_here(said);
  return said;
}

}  // namespace iem::gui
