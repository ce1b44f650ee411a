#include "app/gui/pages/pages.h"

namespace iem::gui {

// Adding one: a member, and its line here. A lab that is not named has the stage if its keys say what
// stands beside it (page_parameters).
Page& Pages::of(const Lab& lab) {
  if (lab.id() == "activation") return derivation_;
  const bool staged = lab.parameters()->find("view.plots") != nullptr;
  if (staged) return stage_;
  return plain_;
}

}  // namespace iem::gui
