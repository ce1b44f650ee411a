#include "app/export/animation/steady_grid.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace iem {

void SteadyGrid::take(std::size_t panel, int index, const GridFigure& figure) {
  Fullest& fullest = fullest_[panel];
  const std::size_t here = figure.figure.panels.size(), most = fullest.figure.figure.panels.size();
  const bool fuller = fullest.index < 0 || here > most || (here == most && index < fullest.index);
  if (fuller && here > 0) fullest = {figure, index};
}

void SteadyGrid::see(int index, const FrameContent& frame) {
  std::vector<GridFigure> panels = frame.panels;
  if (look_.share_legend) {
    GridNames names;
    names.include(panels);
    names.take_from(panels);
  }
  const GridSpace space = GridLayout(panels, look_, paper_, frame.caption, Panel{}).space();
  const std::lock_guard lock(mutex_);
  fullest_.resize(panels.size());
  space_.rooms.resize(panels.size());
  for (std::size_t i = 0; i < panels.size(); ++i) {
    take(i, index, frame.panels[i]);
    space_.rooms[i].include(space.rooms[i]);
  }
  space_.caption_lines = std::max(space_.caption_lines, space.caption_lines);
  ranges_.include(frame.panels);
  if (look_.share_legend) names_.include(frame.panels, index);
}

void SteadyGrid::settle() {
  std::vector<GridFigure> panels;
  for (std::size_t i = 0; i < fullest_.size(); ++i) {
    if (fullest_[i].index < 0)
      throw InputError("panel " + std::to_string(i + 1) + " has nothing to show at any of these steps");
    panels.push_back(std::move(fullest_[i].figure));
  }
  fullest_.clear();
  ranges_.settle(panels);
  below_ = names_.taken();
  // The numbers at an axis that holds all frames may be wider than those of any of them.
  panels = alike(std::move(panels));
  const std::string no_caption;
  const GridLayout layout(panels, look_, paper_, no_caption, below_, space_);
  space_ = layout.space();
  size_ = size_of_sheet(layout.sheet(), paper_);
}

std::vector<GridFigure> SteadyGrid::alike(std::vector<GridFigure> panels) const {
  ranges_.apply(panels);
  if (look_.share_legend) names_.take_from(panels);
  return panels;
}

paint::Image SteadyGrid::draw(FrameContent frame, double scale) const {
  ExportOptions paper = paper_;
  paper.dpi *= scale;
  const std::vector<GridFigure> panels = alike(std::move(frame.panels));
  const GridLayout layout(panels, look_, paper, frame.caption, below_, space_);
  return render_sheet(layout.sheet(true), paper);
}

}  // namespace iem
