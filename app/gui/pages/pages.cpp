#include "app/gui/pages/pages.h"

namespace iem::gui {

// A lab with a derivation has the derivation page. A lab with a stage and the keys for plots beside it
// (page_parameters) has the stage page; any other lab has the plain page.
Page& Pages::of(const Lab& lab) {
  if (lab.derivation() != nullptr) return derivation_;
  const bool staged =
      lab.figure_for(FigureUse::stage) != nullptr && lab.parameters()->find("view.plots") != nullptr;
  if (staged) return stage_;
  return plain_;
}

}  // namespace iem::gui
