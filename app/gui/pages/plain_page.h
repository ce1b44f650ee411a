// A page for any lab: its first figure, large.
#pragma once

#include "app/gui/pages/page.h"
#include "app/gui/plots/figure_view.h"

namespace iem::gui {

class PlainPage : public Page {
 public:
  const PageWindows& windows() const override;
  void draw_centre(PanelContext& context) override;
  void draw_column(PanelContext&, std::size_t) override {}

 private:
  FigureView figures_;
};

}  // namespace iem::gui
