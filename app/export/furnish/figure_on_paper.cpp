#include "app/export/furnish/figure_on_paper.h"

#include "core/figure/furniture.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/lab.h"

namespace iem {

Figure figure_on_paper(const std::string& id, const Snapshot& snapshot, const Config& paper,
                       const std::shared_ptr<ArrowScale>& arrows) {
  const Lab& lab = lab_of(*snapshot.setup);
  const FigureType* stage = lab.figure_for(FigureUse::stage);
  const Config view = stage && id == stage->id ? over_paper_ranges(paper) : paper;
  return in_notation_of(
      paper, lab.figure(id, snapshot, {.config = view, .pinned = {}, .hovered = {}, .arrows = arrows}));
}

}  // namespace iem
