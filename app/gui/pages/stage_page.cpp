#include "app/gui/pages/stage_page.h"

namespace iem::gui {

const PageWindows& StagePage::windows() const {
  static const PageWindows names{"iem.dock",
                                 "Controls###controls",
                                 "Stage###stage",
                                 {"Loss###loss", "Identity###identity", "Pinned point###responsibilities",
                                  "Derived activation###activation"}};
  return names;
}

std::string StagePage::title(const Desk& desk, std::size_t cell) const {
  const std::vector<std::string>& plots = desk.view().config.list("view.plots");
  return cell < plots.size() ? PlotColumn::title(desk.lab(), plots[cell]) : std::string();
}

void StagePage::draw_centre(Desk& desk) {
  const std::string& centre = desk.view().config.text("view.centre");
  if (centre == desk.lab().figure_for(FigureUse::stage)->id || desk.view().painting) return stage_.draw(desk);
  plots_.draw_large(desk, centre);
}

void StagePage::draw_column(Desk& desk, std::size_t cell) { plots_.draw(desk, cell); }

}  // namespace iem::gui
