#include "app/gui/pages.h"

#include <algorithm>

namespace iem::gui {

// Adding one: a member, and its line here. A lab that is not named has the stage if it draws one.
Page& Pages::of(const Lab& lab) {
  if (lab.id() == "activation") return derivation_;
  const bool staged = std::ranges::find(lab.figures(), "stage", &FigureType::id) != lab.figures().end();
  if (staged) return stage_;
  return plain_;
}

}  // namespace iem::gui
