// The derivation of an activation as one page that moves: five plots over one z, each with its formula and
// the numbers at the probe beside it.
#pragma once

#include "app/gui/pages/derivation_view.h"
#include "app/gui/pages/page.h"

namespace iem::gui {

class DerivationPage : public Page {
 public:
  const PageWindows& windows() const override {
    static const PageWindows names{.id = "iem.dock.derivation",
                                   .controls = "Controls###controls.derivation",
                                   .centre = "Derivation###derivation",
                                   .column = {},
                                   .phases = false,
                                   .folded = {Group::data, Group::objective}};
    return names;
  }
  void draw_centre(PanelContext& context) override { view_.draw(context); }
  void draw_column(PanelContext&, std::size_t) override {}
  bool working() const override { return view_.working(); }
  PaintTool* brush() override { return &view_.brush(); }
  const DerivationView& view() const { return view_; }

 private:
  DerivationView view_;
};

}  // namespace iem::gui
