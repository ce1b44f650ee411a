#include "app/gui/pages/stage_page.h"

#include <algorithm>

namespace iem::gui {

const PageWindows& StagePage::windows() const {
  static const PageWindows names{"iem.dock",
                                 "Controls###controls",
                                 "Stage###stage",
                                 {"Loss###loss", "Identity###identity", "Pinned point###responsibilities",
                                  "Derived activation###activation"}};
  return names;
}

std::string StagePage::title(const PanelContext& context, std::size_t cell) const {
  const std::vector<std::string>& plots = context.view().config.list("view.plots");
  return cell < plots.size() ? PlotColumn::title(context.lab(), plots[cell]) : std::string();
}

std::vector<float> StagePage::heights(const PanelContext& context) const {
  std::vector<float> out(windows().column.size(), 1.0F);
  const std::vector<std::string>& plots = context.view().config.list("view.plots");
  for (std::size_t cell = 0; cell < std::min(out.size(), plots.size()); ++cell)
    for (const FigureType& type : context.lab().figures())
      if (type.id == plots[cell]) out[cell] = static_cast<float>(type.height);
  return out;
}

void StagePage::draw_centre(PanelContext& context) {
  const std::string& centre = context.view().config.text("view.centre");
  const bool is_stage = context.stage_is_in_the_middle();
  const bool side_by_side = is_stage && !context.view().painting && StageGrid::is_asked_for(context);
  const bool whole = side_by_side && StageGrid::needs_all_runs(context);
  if (whole != whole_) context.engine().look_at_all(whole_ = whole);
  if (side_by_side) return grid_.draw(context);
  if (is_stage) return stage_.draw(context);
  plots_.draw_large(context, centre);
}

void StagePage::draw_column(PanelContext& context, std::size_t cell) { plots_.draw(context, cell); }

}  // namespace iem::gui
