// The pages there are, and which lab has which.
#pragma once

#include "app/gui/pages/derivation_page.h"
#include "app/gui/pages/plain_page.h"
#include "app/gui/pages/stage_page.h"

namespace iem::gui {

class Pages {
 public:
  Page& of(const Lab& lab);
  StagePage& stage() { return stage_; }
  const DerivationPage& derivation() const { return derivation_; }
  bool working() const { return stage_.working() || derivation_.working(); }

 private:
  StagePage stage_;
  DerivationPage derivation_;
  PlainPage plain_;
};

}  // namespace iem::gui
