#include "app/gui/stage_page.h"

namespace iem::gui {

const PageWindows& StagePage::windows() const {
  static const PageWindows names{"iem.dock",
                                 "Controls###controls",
                                 "Stage###stage",
                                 {"Loss###loss", "Identity###identity", "Pinned point###responsibilities",
                                  "Derived activation###activation"}};
  return names;
}

namespace {

// The figure of a cell, from the top; empty where the lab has fewer.
std::string plot_in(const Desk& desk, std::size_t cell) {
  const std::vector<std::string> plots = desk.lab().plots(desk.snapshot().config());
  return cell < plots.size() ? plots[cell] : std::string();
}

}  // namespace

std::string StagePage::title(const Desk& desk, std::size_t cell) const {
  const std::string plot = plot_in(desk, cell);
  return plot.empty() ? plot : PlotColumn::title(desk.lab(), plot);
}

void StagePage::draw_column(Desk& desk, std::size_t cell) {
  if (const std::string plot = plot_in(desk, cell); !plot.empty()) plots_.draw(desk, plot);
}

}  // namespace iem::gui
