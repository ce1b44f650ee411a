#include "app/gui/pages/pages.h"

namespace iem::gui {

// A lab that derives its result has the page of that; one with a stage and keys that say what stands beside
// it (page_parameters) has both.
Page& Pages::of(const Lab& lab) {
  if (lab.derivation() != nullptr) return derivation_;
  const bool staged =
      lab.figure_for(FigureUse::stage) != nullptr && lab.parameters()->find("view.plots") != nullptr;
  if (staged) return stage_;
  return plain_;
}

}  // namespace iem::gui
